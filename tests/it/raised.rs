//! Dependencies that are raised to a higher level are dependencies: of a name that is none any more cargo only warns, and the
//! program grows slow without a word.

use std::collections::BTreeSet;

use toml::{Table, Value};

/// Those that a profile of the manifest names and the lock file does not have, or pins to a version that the next update takes away.
fn without_effect(manifest: &str, lock: &str) -> Vec<String> {
    let [manifest, lock] = [manifest, lock].map(|text| text.parse::<Table>().expect("TOML"));
    let packages = lock["package"].as_array().expect("a list of packages");
    let names: BTreeSet<&str> = packages
        .iter()
        .filter_map(|package| package.get("name").and_then(Value::as_str))
        .collect();
    let profiles = manifest["profile"].as_table().expect("profiles");
    let raised = profiles
        .values()
        .filter_map(|profile| profile.get("package").and_then(Value::as_table))
        .flat_map(Table::keys);
    raised
        .filter(|spec| *spec != "*" && !names.contains(spec.as_str()))
        .cloned()
        .collect()
}

#[test]
fn every_dependency_that_is_raised_is_one_whatever_its_version() {
    let found = without_effect(
        include_str!("../../Cargo.toml"),
        include_str!("../../Cargo.lock"),
    );
    assert!(found.is_empty(), "no dependencies, or pinned: {found:?}");
}

#[test]
fn a_name_that_is_gone_and_a_version_are_found() {
    let manifest = "
        [profile.dev.package.\"*\"]
        opt-level = 0
        [profile.release.package.kept]
        opt-level = 3
        [profile.release.package.\"kept@1.0.0\"]
        opt-level = 3
        [profile.bench.package.gone]
        opt-level = 3";
    let lock = "
        [[package]]
        name = \"kept\"
        version = \"1.0.0\"";
    let mut found = without_effect(manifest, lock);
    found.sort();
    assert_eq!(found, ["gone", "kept@1.0.0"]);
}
