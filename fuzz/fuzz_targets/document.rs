#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| openapi_contract::fuzzing::document(input));
