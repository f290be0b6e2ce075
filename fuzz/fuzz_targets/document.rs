#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| codegen::fuzzing::document(input));
