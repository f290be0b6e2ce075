#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| graph_connections::fuzzing::kql(input));
