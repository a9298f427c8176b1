//! The filter that the kernel runs: exactly one TCP connection passes.
//!
//! It is a program for the classic BPF machine (`linux/filter.h`, `bpf(4)`). Each check loads a word
//! and compares it; where one fails, the next alternative is tried.
//!
//! The kernel runs it for the packets of everyone on this machine, so the ports, which tell most
//! other connections apart, are compared first.

use std::net::{IpAddr, SocketAddr};

use socket2::SockFilter;

/// Instructions: load a word, a half-word or a byte of the packet; four times the low half of a
/// byte into X; load a word at X; jump if equal; jump if any bit is set; return.
const LOAD_WORD: u16 = 0x20;
const LOAD_HALF: u16 = 0x28;
const LOAD_BYTE: u16 = 0x30;
const HEADER_LENGTH: u16 = 0xb1;
const LOAD_WORD_AT_X: u16 = 0x40;
const JUMP_EQUAL: u16 = 0x15;
const JUMP_ANY_BIT: u16 = 0x45;
const RETURN: u16 = 0x06;

/// Offsets from here on count from the network header (`SKF_NET_OFF`), whatever stands before it.
const NETWORK: u32 = 0xfff0_0000;
/// Where the `EtherType` is (`SKF_AD_OFF` and `SKF_AD_PROTOCOL`).
const ETHER_TYPE: u32 = 0xffff_f000;

/// All of a packet is passed on.
const WHOLE: u32 = 0x0004_0000;

/// Loads with this instruction from there, and wants this.
type Check = (u16, u32, Want);

/// What a value that was loaded has to be.
#[derive(Clone, Copy)]
enum Want {
    Equal(u32),
    /// None of these bits is set.
    Without(u32),
}
use Want::{Equal, Without};

/// Nothing passes.
pub(super) fn nothing() -> Vec<SockFilter> {
    vec![SockFilter::new(RETURN, 0, 0, 0)]
}

/// What passes between `local` and `peer`, both ways, and nothing else. They are of one family.
pub(super) fn connection(local: SocketAddr, peer: SocketAddr) -> Vec<SockFilter> {
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
            alternative(&mut program, &one_way(here, there, ports(local, peer)));
            alternative(&mut program, &one_way(there, here, ports(peer, local)));
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
            alternative(&mut program, &one_way(words(here), words(there), ports(local, peer)));
            alternative(&mut program, &one_way(words(there), words(here), ports(peer, local)));
        }
    }
    program.push(SockFilter::new(RETURN, 0, 0, 0));
    program
}

/// All `checks` hold and the packet passes, or what comes after them is tried.
fn alternative(program: &mut Vec<SockFilter>, checks: &[Check]) {
    for (index, (load, place, want)) in checks.iter().enumerate() {
        // Two instructions for each check that is left, and the return.
        let rest = 2 * (checks.len() - 1 - index) + 1;
        program.push(SockFilter::new(*load, 0, 0, *place));
        let miss = u8::try_from(rest).expect("there are a dozen checks");
        program.push(match want {
            Equal(value) => SockFilter::new(JUMP_EQUAL, 0, miss, *value),
            Without(bits) => SockFilter::new(JUMP_ANY_BIT, miss, 0, *bits),
        });
    }
    program.push(SockFilter::new(RETURN, 0, 0, WHOLE));
}

/// Both ports, as they stand side by side in a TCP header.
fn ports(from: SocketAddr, to: SocketAddr) -> u32 {
    u32::from(from.port()) << 16 | u32::from(to.port())
}

fn words(bits: u128) -> [u32; 4] {
    [96, 64, 32, 0].map(|shift| (bits >> shift & 0xffff_ffff) as u32)
}
