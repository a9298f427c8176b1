//! A packet socket (packet(7)) that receives the packets of one connection.

use std::io::{self, IoSliceMut};
use std::net::{IpAddr, SocketAddr};
use std::os::fd::{AsRawFd, RawFd};

use echo_core::packets::Link;
use echo_core::wire::SNAP_LENGTH;
use nix::sys::socket::{
    ControlMessageOwned, LinkAddr, MsgFlags, RecvMsg, recvmsg, setsockopt, sockopt,
};
use nix::sys::time::TimeSpec;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::filter;
use super::off_runtime::DropOffRuntime;
use crate::capture::limit::CapturePermit;

/// How many bytes of packets the kernel keeps until they are read. It counts the packets that do
/// not fit.
const RECEIVE_BUFFER: usize = 1024 * 1024;
/// The most packets that are discarded because they arrived before the filter was attached.
const MAX_BEFORE_FILTER: usize = 65_536;

/// `ETH_P_ALL`: packets of all protocols, outgoing ones included.
const ALL_PROTOCOLS: u16 = 0x0003;
/// `ETH_P_IP` and `ETH_P_IPV6`: incoming packets of one protocol.
const INCOMING_IPV4: u16 = 0x0800;
const INCOMING_IPV6: u16 = 0x86dd;
/// `ARPHRD_ETHER`, `ARPHRD_LOOPBACK`, `ARPHRD_NONE`: the types of interfaces that are understood.
const ETHERNET: u16 = 1;
const LOOPBACK: u16 = 772;
const NONE: u16 = 0xfffe;
/// `PACKET_OUTGOING`: the packet type of what this machine sends.
const OUTGOING: u8 = 4;

/// A socket that receives the packets of one connection.
#[derive(Debug)]
pub(super) struct PacketSocket {
    socket: AsyncFd<DropOffRuntime<PermittedSocket>>,
    buffer: Vec<u8>,
}

/// A packet socket and its permit, which is released after the socket is closed, since fields are
/// dropped in order.
///
/// Closing blocks for tens of milliseconds, until no processor hands packets to the socket any more
/// (`synchronize_net` in `packet_release`, `net/packet/af_packet.c`).
#[derive(Debug)]
struct PermittedSocket {
    socket: Socket,
    _permit: Option<CapturePermit>,
}

impl AsRawFd for PermittedSocket {
    fn as_raw_fd(&self) -> RawFd {
        self.socket.as_raw_fd()
    }
}

/// A packet whose bytes are in the socket's buffer.
#[derive(Debug)]
pub(super) struct CapturedPacket<'a> {
    /// When the kernel saw it, in nanoseconds since 1970 (UTC).
    pub(super) at_ns: u64,
    pub(super) link: Link,
    /// The index of its network interface.
    pub(super) interface: usize,
    /// Its length on the wire, in bytes; `bytes` may be shorter.
    pub(super) length: u32,
    pub(super) bytes: &'a [u8],
}

/// What one read returned.
#[derive(Debug)]
pub(super) enum Received<'a> {
    Packet(CapturedPacket<'a>),
    /// A packet of an interface whose type is not understood.
    Unsupported,
    /// A packet as it leaves on loopback, where the same packet also comes in.
    OutgoingCopy,
}

impl PacketSocket {
    /// Opens a socket that receives nothing, to find out whether this process may have one.
    ///
    /// # Errors
    /// Returns the system's error; without root or `CAP_NET_RAW` it is `PermissionDenied`.
    pub(super) fn probe() -> io::Result<()> {
        let socket = open(None, None)?;
        socket.socket.attach_filter(&filter::reject_all())
    }

    /// Opens a socket that receives every packet between `local` and `peer` from now on.
    ///
    /// # Errors
    /// Returns the system's error where it does not allow one.
    pub(super) fn open(
        local: SocketAddr,
        peer: SocketAddr,
        permit: CapturePermit,
    ) -> io::Result<Self> {
        let permitted = open(Some(protocol(peer.ip())), Some(permit))?;
        let socket = &permitted.socket;
        socket.attach_filter(&filter::reject_all())?;
        // These arrived before the filter, and are of other connections.
        for _ in 0..MAX_BEFORE_FILTER {
            if socket.recv_with_flags(&mut [], 0).is_err() {
                break;
            }
        }
        socket.attach_filter(&filter::accept_connection(local, peer))?;
        // The system may allow less, and then more packets are lost.
        let _ = socket.set_recv_buffer_size(RECEIVE_BUFFER);
        setsockopt(socket, sockopt::ReceiveTimestampns, &true)?;
        setsockopt(socket, sockopt::RxqOvfl, &1)?;
        #[expect(
            deprecated,
            reason = "the descriptor is the socket's own as long as it is watched"
        )]
        let socket = AsyncFd::with_interest(permitted, Interest::READABLE)?;
        Ok(Self { socket, buffer: vec![0; SNAP_LENGTH] })
    }

    /// Waits for the next packet. Returns it, and how many packets the kernel has dropped so far.
    ///
    /// # Errors
    /// Returns the error of `recvmsg(2)`.
    pub(super) async fn receive(&mut self) -> io::Result<(Received<'_>, Option<u32>)> {
        let (fd, buffer) = (self.socket.get_ref().as_raw_fd(), &mut self.buffer);
        let mut control = nix::cmsg_space!(TimeSpec, u32);
        let (count, at_ns, dropped, address) = self
            .socket
            .async_io(Interest::READABLE, |_| {
                let mut slices = [IoSliceMut::new(buffer)];
                // With MSG_TRUNC the length is the packet's, also where the buffer was too short.
                let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_TRUNC;
                let message = recvmsg::<LinkAddr>(fd, &mut slices, Some(&mut control), flags)?;
                let (at_ns, dropped) = parse_control(&message)?;
                Ok((message.bytes, at_ns, dropped, message.address))
            })
            .await?;
        let bytes = &self.buffer[..count.min(SNAP_LENGTH)];
        let length = u32::try_from(count).unwrap_or(u32::MAX);
        let received = match address.map(|from| (from.hatype(), from.pkttype(), from.ifindex())) {
            Some((LOOPBACK, OUTGOING, _)) => Received::OutgoingCopy,
            Some((LOOPBACK | ETHERNET, _, interface)) => Received::Packet(CapturedPacket {
                at_ns,
                link: Link::Ethernet,
                interface,
                length,
                bytes,
            }),
            Some((NONE, _, interface)) => Received::Packet(CapturedPacket {
                at_ns,
                link: Link::Raw,
                interface,
                length,
                bytes,
            }),
            _ => Received::Unsupported,
        };
        Ok((received, dropped))
    }
}

/// Returns the protocol of the packets to ask for. Packets to a loopback address come in again, so
/// there the kernel need not run the filter for outgoing ones.
fn protocol(peer: IpAddr) -> Protocol {
    let protocol = match peer {
        IpAddr::V4(peer) if peer.is_loopback() => INCOMING_IPV4,
        IpAddr::V6(peer) if peer.is_loopback() => INCOMING_IPV6,
        _ => ALL_PROTOCOLS,
    };
    Protocol::from(i32::from(protocol.to_be()))
}

/// Opens a packet socket that is always closed on a thread for blocking work.
fn open(
    protocol: Option<Protocol>,
    permit: Option<CapturePermit>,
) -> io::Result<DropOffRuntime<PermittedSocket>> {
    let socket = Socket::new(Domain::PACKET, Type::RAW.nonblocking().cloexec(), protocol)?;
    Ok(DropOffRuntime::new(PermittedSocket { socket, _permit: permit }))
}

/// Reads from a packet's control messages when the kernel saw it, in nanoseconds since 1970, and
/// how many packets it has dropped so far.
fn parse_control(message: &RecvMsg<'_, '_, LinkAddr>) -> io::Result<(u64, Option<u32>)> {
    let (mut at_ns, mut dropped) = (0, None);
    for control in message.cmsgs()? {
        match control {
            ControlMessageOwned::ScmTimestampns(at) => {
                let seconds = u64::try_from(at.tv_sec()).unwrap_or_default();
                at_ns = seconds * 1_000_000_000 + u64::try_from(at.tv_nsec()).unwrap_or_default();
            }
            ControlMessageOwned::RxqOvfl(count) => dropped = Some(count),
            _ => {}
        }
    }
    Ok((at_ns, dropped))
}
