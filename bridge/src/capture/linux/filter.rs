//! The filter that the kernel runs, which passes exactly one TCP connection.
//!
//! It is a program for the classic BPF machine (`linux/filter.h`, `bpf(4)`). Each check loads a
//! word and compares it; where one fails, the next alternative is tried.
//!
//! The kernel runs it for every packet of the machine, so it compares the ports first, which differ
//! for most other connections.

use std::net::{IpAddr, SocketAddr};

use socket2::SockFilter;

/// Opcodes: load a word, a half-word or a byte of the packet; four times the low half of a
/// byte into X; load a word at X; jump if equal; jump if any bit is set; return.
const LOAD_WORD: u16 = 0x20;
const LOAD_HALF: u16 = 0x28;
const LOAD_BYTE: u16 = 0x30;
const HEADER_LENGTH: u16 = 0xb1;
const LOAD_WORD_AT_X: u16 = 0x40;
const JUMP_EQUAL: u16 = 0x15;
const JUMP_ANY_BIT: u16 = 0x45;
const RETURN: u16 = 0x06;

/// The base of offsets from the network header, whatever link layer is before it (`SKF_NET_OFF`).
const NETWORK: u32 = 0xfff0_0000;
/// The offset of the `EtherType` (`SKF_AD_OFF` and `SKF_AD_PROTOCOL`).
const ETHER_TYPE: u32 = 0xffff_f000;

/// The return value that passes a packet whole: more bytes than any packet has.
const WHOLE: u32 = 0x0004_0000;

/// An opcode that loads, the offset that it loads from, and the condition that has to hold.
type Check = (u16, u32, Condition);

/// The condition on a value that was loaded.
#[derive(Clone, Copy)]
enum Condition {
    Equal(u32),
    /// None of these bits is set.
    Without(u32),
}
use Condition::{Equal, Without};

/// Returns a filter that passes nothing.
pub(super) fn reject_all() -> Vec<SockFilter> {
    vec![SockFilter::new(RETURN, 0, 0, 0)]
}

/// Returns a filter that passes the packets between `local` and `peer`, both ways, and nothing
/// else. Both addresses are of one family.
pub(super) fn accept_connection(local: SocketAddr, peer: SocketAddr) -> Vec<SockFilter> {
    let mut program = Vec::new();
    match (local.ip(), peer.ip()) {
        (IpAddr::V4(here), IpAddr::V4(there)) => {
            let (here, there) = (here.to_bits(), there.to_bits());
            program.push(SockFilter::new(HEADER_LENGTH, 0, 0, NETWORK));
            let one_way = |from, to, ports| {
                [
                    (LOAD_WORD_AT_X, NETWORK, Equal(ports)),
                    (LOAD_HALF, ETHER_TYPE, Equal(0x0800)),
                    (LOAD_BYTE, NETWORK + 9, Equal(6)),
                    // No fragments: of these only the first one has ports.
                    (LOAD_HALF, NETWORK + 6, Without(0x3fff)),
                    (LOAD_WORD, NETWORK + 12, Equal(from)),
                    (LOAD_WORD, NETWORK + 16, Equal(to)),
                ]
            };
            push_alternative(&mut program, &one_way(here, there, ports(local, peer)));
            push_alternative(&mut program, &one_way(there, here, ports(peer, local)));
        }
        (here, there) => {
            let words = |address: IpAddr| match address {
                IpAddr::V4(address) => words(address.to_ipv6_mapped().to_bits()),
                IpAddr::V6(address) => words(address.to_bits()),
            };
            let one_way = |from: [u32; 4], to: [u32; 4], ports| {
                let mut checks = vec![
                    (LOAD_WORD, NETWORK + 40, Equal(ports)),
                    (LOAD_HALF, ETHER_TYPE, Equal(0x86dd)),
                    (LOAD_BYTE, NETWORK + 6, Equal(6)),
                ];
                let ends = [from, to].concat();
                let places = (NETWORK + 8..).step_by(4);
                let ends = ends.into_iter().map(Equal);
                checks.extend(places.zip(ends).map(|(place, word)| (LOAD_WORD, place, word)));
                checks
            };
            push_alternative(&mut program, &one_way(words(here), words(there), ports(local, peer)));
            push_alternative(&mut program, &one_way(words(there), words(here), ports(peer, local)));
        }
    }
    program.push(SockFilter::new(RETURN, 0, 0, 0));
    program
}

/// Appends `checks`: if all of them hold the packet passes, else the program goes on behind them.
fn push_alternative(program: &mut Vec<SockFilter>, checks: &[Check]) {
    for (index, (load, place, condition)) in checks.iter().enumerate() {
        // Two instructions for each check that is left, and the return.
        let rest = 2 * (checks.len() - 1 - index) + 1;
        program.push(SockFilter::new(*load, 0, 0, *place));
        let miss = u8::try_from(rest).expect("there are a dozen checks");
        program.push(match condition {
            Equal(value) => SockFilter::new(JUMP_EQUAL, 0, miss, *value),
            Without(bits) => SockFilter::new(JUMP_ANY_BIT, miss, 0, *bits),
        });
    }
    program.push(SockFilter::new(RETURN, 0, 0, WHOLE));
}

/// Returns both ports as one word, as they are in a TCP header (RFC 9293, section 3.1).
fn ports(from: SocketAddr, to: SocketAddr) -> u32 {
    u32::from(from.port()) << 16 | u32::from(to.port())
}

/// Returns the four words of an IPv6 address.
fn words(bits: u128) -> [u32; 4] {
    [96, 64, 32, 0].map(|shift| (bits >> shift & 0xffff_ffff) as u32)
}
