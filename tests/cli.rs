//! The program as a shell sees it: what it prints where, and its exit codes.

use std::process::{Command, Output};

fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_graph-connections"))
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts")
}

#[test]
fn token_prints_a_token_and_nothing_else() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let data = data.to_str().expect("UTF-8");
    for arguments in [
        &["token", "--data", data][..],
        &["token", "--data", data, "--app-only", "--expires", "90s"],
    ] {
        let output = run(arguments, &[]);
        assert!(output.status.success(), "{output:?}");
        assert!(output.stderr.is_empty(), "{output:?}");
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        let token = stdout.strip_suffix('\n').expect("one line");
        assert_eq!(token.split('.').count(), 3);
        assert!(token.starts_with("ey") && token.bytes().all(|b| b.is_ascii_graphic()));
    }
}

#[test]
fn data_directory_may_come_from_the_environment() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().to_str().expect("UTF-8");
    let output = run(&["token"], &[("GRAPH_CONNECTIONS_DATA", data)]);
    assert!(output.status.success(), "{output:?}");
    assert!(dir.path().join("development-issuer.json").exists());
}

#[test]
fn wrong_flags_and_variables_exit_with_2_and_name_themselves() {
    for (arguments, variables, named) in [
        (&["serve", "--listen", "8080"][..], &[][..], "--listen"),
        (&["serve", "--unknown"], &[], "--unknown"),
        (
            &["token", "--permissions", "P"],
            &[],
            "ExternalItem.Read.All",
        ),
        (&["serve"], &[("GRAPH_CONNECTIONS_LISTEN", "x")], "--listen"),
        (
            &[],
            &[("GRAPH_CONNECTIONS_LOG_FORMAT", "x")],
            "--log-format",
        ),
    ] {
        let output = run(arguments, variables);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(stderr.contains(named), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().to_str().expect("UTF-8");
    assert!(run(&["token", "--data", data], &[]).status.success());
    let key = dir.path().join("development-issuer.json");
    std::fs::set_permissions(key, PermissionsExt::from_mode(0o644)).expect("chmod");
    let output = run(&["token", "--data", data], &[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(stderr.contains("chmod 600"), "{stderr}");
}
