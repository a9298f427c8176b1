//! What a client asks of a target's certificate.

/// Whether a server has to prove that it is who was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// It has to.
    #[default]
    Required,
    /// It is told whether it did, and nothing more.
    Told,
}
