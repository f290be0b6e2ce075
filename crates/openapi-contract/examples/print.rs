//! Prints what is generated for a document, or what is wrong with it:
//! `cargo run -p openapi-contract --all-features --example print -- server openapi.yaml`.

use std::{env, error::Error, fs, process::exit};

use openapi_contract::{Contract, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(half), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("which half, `server` or `client`, of which document?".into());
    };
    let contract = Contract::read(&path, &fs::read_to_string(&path)?).unwrap_or_else(|problems| {
        for problem in problems {
            eprintln!("{problem}");
        }
        exit(1)
    });
    match half.as_str() {
        "client" => println!("{}", contract.client("crate::client")),
        _ => println!("{}", contract.server(&Settings::default())),
    }
    Ok(())
}
