//! What the fuzzer has kept, once more: every input that reached a part of the readers that no other reached, and every
//! input that broke something once.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

#[path = "../../fuzz/checks.rs"]
mod checks;

/// Runs a check over the inputs in `fuzz/corpus/<target>.zip`.
fn replay(target: &str, check: fn(&[u8])) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/corpus/{target}.zip"));
    let mut archive = ZipArchive::new(File::open(&path).expect("the kept inputs")).expect("a zip");
    assert!(
        archive.len() > 20,
        "{target}: only {} inputs kept",
        archive.len()
    );
    for n in 0..archive.len() {
        let mut input = archive.by_index(n).expect("a member");
        let name = input.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).expect("its bytes");
        let outcome = std::panic::catch_unwind(|| check(&bytes));
        assert!(
            outcome.is_ok(),
            "{target}.zip: {name} breaks what must hold"
        );
    }
}

#[test]
fn recordings() {
    replay("recording", checks::recording);
}

#[test]
fn profiles() {
    replay("profile", checks::profile);
}

#[test]
fn sleep_exports() {
    replay("sleep", checks::sleep);
}

#[test]
fn diaries() {
    replay("diary", checks::diary);
}

#[test]
fn movement_lists() {
    replay("lists", checks::lists);
}
