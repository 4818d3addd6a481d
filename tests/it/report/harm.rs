//! What a person typed does no harm: it is shown, and never obeyed.

use super::variants::{self, CLINICIAN, PATIENT};
use super::{html_of, told};

#[test]
fn names_tags_and_notes_stay_text_in_html_and_svg() {
    let variant = variants::of("hostile");
    for setting in [PATIENT, CLINICIAN] {
        let page = html_of(variant, setting);
        assert!(!page.contains("<script>alert"), "a name became a script");
        assert!(!page.contains("🦵 <b>"), "a name became markup");
        assert!(!page.contains('\u{202e}'), "a name turns what follows");
        // Header, chart and table each show it as it was typed, without what steers.
        for shown in [
            "<script>alert('x')</script> =cmd|' /C calc'!A0 \"quoted\" & לילה gnp",
            "0 <script>alert('x')</script>",
        ] {
            assert!(told(&page).contains(shown), "{shown} is missing");
        }
        // One script and one style, those that the policy names.
        assert_eq!(page.matches("<script>").count(), 1);
        assert_eq!(page.matches("<style>").count(), 1);
        assert!(
            !page.contains(" style=\""),
            "the policy forbids styles in attributes"
        );
        assert!(!page.contains("javascript:") && !page.contains(" onload="));
    }
}

#[test]
fn the_policy_forbids_the_network() {
    let page = html_of(variants::of("nights-2"), PATIENT);
    let (_, rest) = page
        .split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .expect("a policy");
    let (policy, _) = rest.split_once('"').expect("a quoted policy");
    let rules: Vec<&str> = policy.split(';').map(str::trim).collect();
    assert!(rules.contains(&"default-src 'none'"), "{policy}");
    for rule in rules {
        let sources = rule.split_whitespace().skip(1);
        for source in sources {
            assert!(
                matches!(source, "'none'" | "data:") || source.starts_with("'sha256-"),
                "{rule}"
            );
        }
    }
    for link in [
        "src=\"http",
        "href=\"http",
        "url(http",
        "url(//",
        "@import",
        "<link rel=\"style",
    ] {
        assert!(!page.contains(link), "the page asks the network ({link})");
    }
}
