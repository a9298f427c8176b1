#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bridge_fuzz::forwarded(bytes));
