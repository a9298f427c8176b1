//! A packet socket, and what it hands over.

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

/// How many bytes of packets the kernel keeps until they are read; it counts what no longer fits.
const RECEIVE_BUFFER: usize = 1024 * 1024;
/// How many packets may have arrived before the filter took hold; they are thrown away unread.
const MAX_BEFORE_FILTER: usize = 65_536;

/// `ETH_P_ALL`: packets of all protocols, and also those that go out.
const ALL_PROTOCOLS: u16 = 0x0003;
/// `ETH_P_IP` and `ETH_P_IPV6`: packets of one protocol, and only those that come in.
const INCOMING_IPV4: u16 = 0x0800;
const INCOMING_IPV6: u16 = 0x86dd;
/// `ARPHRD_ETHER`, `ARPHRD_LOOPBACK`, `ARPHRD_NONE`: what kind an interface is.
const ETHERNET: u16 = 1;
const LOOPBACK: u16 = 772;
const NONE: u16 = 0xfffe;
/// `PACKET_OUTGOING`.
const OUTGOING: u8 = 4;

/// A socket that sees the packets of one connection.
#[derive(Debug)]
pub(super) struct PacketSocket {
    socket: AsyncFd<DropOffRuntime<Permitted>>,
    buffer: Vec<u8>,
}

/// A packet socket and its permit, which is free again once the socket is closed: fields are dropped
/// in this order.
///
/// Closing waits until no processor of the machine still hands packets to the socket, tens of
/// milliseconds (`synchronize_net` in `packet_release`, `net/packet/af_packet.c`).
#[derive(Debug)]
struct Permitted {
    socket: Socket,
    _permit: Option<CapturePermit>,
}

impl AsRawFd for Permitted {
    fn as_raw_fd(&self) -> RawFd {
        self.socket.as_raw_fd()
    }
}

/// A packet, whose bytes are in the socket's buffer.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    /// In nanoseconds since 1970, by the kernel's clock when it passed.
    pub(super) at_ns: u64,
    pub(super) link: Link,
    pub(super) interface: usize,
    pub(super) length: u32,
    pub(super) bytes: &'a [u8],
}

/// What the next read gave.
#[derive(Debug)]
pub(super) enum Next<'a> {
    Packet(Seen<'a>),
    /// One of an interface whose packets cannot be understood.
    Strange,
    /// The same packet on its way out, which on loopback also comes in.
    Twin,
}

impl PacketSocket {
    /// Opens a socket through which nothing passes: all that is needed to know whether one may be
    /// had.
    pub(super) fn probe() -> io::Result<()> {
        let socket = open(None, None)?;
        socket.socket.attach_filter(&filter::nothing())
    }

    /// A socket that sees what passes between `local` and `peer` from now on.
    pub(super) fn open(
        local: SocketAddr,
        peer: SocketAddr,
        permit: CapturePermit,
    ) -> io::Result<Self> {
        let permitted = open(Some(protocol(peer.ip())), Some(permit))?;
        let socket = &permitted.socket;
        socket.attach_filter(&filter::nothing())?;
        // What came in between was somebody else's.
        for _ in 0..MAX_BEFORE_FILTER {
            if socket.recv_with_flags(&mut [], 0).is_err() {
                break;
            }
        }
        socket.attach_filter(&filter::connection(local, peer))?;
        // As much as the system allows.
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

    /// The next packet, and how many the kernel has dropped so far.
    pub(super) async fn next(&mut self) -> io::Result<(Next<'_>, Option<u32>)> {
        let (fd, buffer) = (self.socket.get_ref().as_raw_fd(), &mut self.buffer);
        let mut control = nix::cmsg_space!(TimeSpec, u32);
        let (count, at_ns, dropped, address) = self
            .socket
            .async_io(Interest::READABLE, |_| {
                let mut slices = [IoSliceMut::new(buffer)];
                // With MSG_TRUNC the length is the packet's, also where the buffer was too short.
                let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_TRUNC;
                let message = recvmsg::<LinkAddr>(fd, &mut slices, Some(&mut control), flags)?;
                let (at_ns, dropped) = told(&message)?;
                Ok((message.bytes, at_ns, dropped, message.address))
            })
            .await?;
        let bytes = &self.buffer[..count.min(SNAP_LENGTH)];
        let length = u32::try_from(count).unwrap_or(u32::MAX);
        let next = match address.map(|from| (from.hatype(), from.pkttype(), from.ifindex())) {
            Some((LOOPBACK, OUTGOING, _)) => Next::Twin,
            Some((LOOPBACK | ETHERNET, _, interface)) => {
                Next::Packet(Seen { at_ns, link: Link::Ethernet, interface, length, bytes })
            }
            Some((NONE, _, interface)) => {
                Next::Packet(Seen { at_ns, link: Link::Raw, interface, length, bytes })
            }
            _ => Next::Strange,
        };
        Ok((next, dropped))
    }
}

/// Of which protocol the packets to and from `peer` are asked for. What goes out to a loopback
/// address comes in again, and so the kernel need not run the filter for what goes out.
fn protocol(peer: IpAddr) -> Protocol {
    let protocol = match peer {
        IpAddr::V4(peer) if peer.is_loopback() => INCOMING_IPV4,
        IpAddr::V6(peer) if peer.is_loopback() => INCOMING_IPV6,
        _ => ALL_PROTOCOLS,
    };
    Protocol::from(i32::from(protocol.to_be()))
}

/// A packet socket, which from here on is closed off the runtime's threads whatever happens.
fn open(
    protocol: Option<Protocol>,
    permit: Option<CapturePermit>,
) -> io::Result<DropOffRuntime<Permitted>> {
    let socket = Socket::new(Domain::PACKET, Type::RAW.nonblocking().cloexec(), protocol)?;
    Ok(DropOffRuntime::new(Permitted { socket, _permit: permit }))
}

/// What the kernel says about a packet: when it passed, and how many were dropped before.
fn told(message: &RecvMsg<'_, '_, LinkAddr>) -> io::Result<(u64, Option<u32>)> {
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
