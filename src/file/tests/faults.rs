//! One case for each kind of fault: what is put in the place of what in a right file, and where the fault then stands.
//! The mark `§` is not part of the file: it shows the line and column that the fault must name.

use rstest::rstest;

use super::super::tree::Place;
use super::*;

/// The file with the change, and the place of the mark.
fn changed(from: &str, to: &str) -> (String, Place) {
    assert_eq!(WHOLE.matches(from).count(), 1, "{from:?} stands in the file once");
    let marked = WHOLE.replace(from, to);
    let (before, _) = marked.split_once('§').expect("there is a mark");
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (marked.replace('§', ""), (before.matches('\n').count() + 1, column))
}

#[rstest]
#[case::no_version("signpost: 1\n\n", "§", "field.missing", "/signpost")]
#[case::other_version("signpost: 1", "signpost: §2", "version.unknown", "/signpost")]
#[case::quoted_version("signpost: 1", "signpost: §\"1\"", "version.unknown", "/signpost")]
#[case::missing("  slug: autumn\n  name", "  §name", "field.missing", "/hackathon/slug")]
#[case::null_is_missing("slug: autumn", "§slug: null", "field.missing", "/hackathon/slug")]
#[case::unknown_field("  slug: autumn", "  slug: autumn\n  §timezon: x", "field.unknown", "/hackathon/timezon")]
#[case::no_map(
    "[{ email: bo@example.org, function: sound-engineer }]",
    "[§bo@example.org]",
    "type.map",
    "/teams/1/members/0"
)]
#[case::no_list("[\"Mon-Fri 09:00-18:00\"]", "§\"Mon-Fri 09:00-18:00\"", "type.list", "/hackathon/working_hours")]
#[case::number_as_text("name: Lead,", "name: §2026,", "type.text", "/people/0/name")]
#[case::list_as_text("name: Lead,", "name: §[a],", "type.text", "/people/0/name")]
#[case::flag("suspended: true", "suspended: §yes", "type.flag", "/people/5/suspended")]
#[case::slug("slug: autumn", "slug: §Autumn 2026", "slug.shape", "/hackathon/slug")]
#[case::name("name: Lead,", "name: §\"\",", "name.shape", "/people/0/name")]
#[case::text("address: \"Hall 2, by the door\"", "address: §\" \"", "text.shape", "/channels/3/address")]
#[case::email("email: gone@example.org", "email: §gone.example.org", "email.shape", "/people/5/email")]
#[case::no_language("name: { ko: 심사 }", "name: §{}", "text.languages", "/topics/2/name")]
#[case::third_language("name: { ko: 심사 }", "name: { ko: 심사, §fr: x }", "field.unknown", "/topics/2/name/fr")]
#[case::phrase("\"404\"", "§404", "type.text", "/topics/0/keywords/en/1")]
#[case::date("starts_on: 2026-10-05\n", "starts_on: §2026-10-32\n", "date.shape", "/hackathon/starts_on")]
#[case::short_date("starts_on: 2026-10-05\n", "starts_on: §2026-10-5\n", "date.shape", "/hackathon/starts_on")]
#[case::dates("ends_on: 2026-10-16, goal", "ends_on: §2026-10-04, goal", "dates.order", "/sprints/0/ends_on")]
#[case::holiday("[2026-10-09]", "[2026-10-09, §2026-10-09]", "holiday.twice", "/hackathon/holidays/1")]
#[case::moment("from: 2026-10-12T00:00:00Z", "from: §2026-10-12T00:00:00", "time.shape", "/shifts/1/from")]
#[case::zone("timezone: Europe/London", "timezone: §Europe/Lodon", "timezone.unknown", "/channels/0/timezone")]
#[case::hours("\"Wed 14:00-16:00\"", "§\"Wed 14-16 h\"", "hours.shape", "/channels/0/hours/1")]
#[case::weight("weight: 60", "weight: §0", "number.range", "/hackathon/brief/criteria/0/weight")]
#[case::half_weight("weight: 60", "weight: §60.5", "number.range", "/hackathon/brief/criteria/0/weight")]
#[case::sprint_number("number: 2", "number: §-1", "number.range", "/sprints/1/number")]
#[case::weekly_hours("weekly_hours: 2.5", "weekly_hours: §80.25", "hours.weekly", "/people/3/weekly_hours")]
#[case::no_hours("weekly_hours: 2.5", "weekly_hours: §0", "hours.weekly", "/people/3/weekly_hours")]
#[case::function(
    "function: platform_vendor",
    "function: §platform-vendor",
    "word.unknown",
    "/organizations/1/function"
)]
#[case::seconds(
    "resolve_within_seconds: 172800",
    "resolve_within_seconds: §0",
    "seconds.range",
    "/sla_policies/1/resolve_within_seconds"
)]
#[case::many_seconds(
    "after_seconds: 60,",
    "after_seconds: §31622401,",
    "seconds.range",
    "/escalation_policies/1/steps/0/after_seconds"
)]
#[case::scope("scope: { topic: judging }", "scope: { topic: §juding }", "topic.unknown", "/sla_policies/1/scope/topic")]
#[case::two_scopes(
    "scope: { topic: judging }",
    "scope: §{ topic: judging, unit: data }",
    "scope.one",
    "/sla_policies/1/scope"
)]
#[case::same_scope(
    "- { name: { en: Judging, ko: 심사 }, scope: { topic: judging },",
    "- §{ name: { en: Judging, ko: 심사 },",
    "sla_policy.twice",
    "/sla_policies/1"
)]
#[case::trigger("trigger: unanswered", "trigger: §unaswered", "word.unknown", "/escalation_policies/1/trigger")]
#[case::steps_order(
    "after_seconds: 3600, tell: holder",
    "after_seconds: §1800, tell: holder",
    "steps.order",
    "/escalation_policies/0/steps/1/after_seconds"
)]
#[case::told_twice(
    "tell: accountable }",
    "tell: accountable, holder: §{ unit: data } }",
    "tell.holder",
    "/escalation_policies/0/steps/0/holder"
)]
#[case::nobody_told(
    "- { after_seconds: 3600, tell: holder, holder: { unit: data } }",
    "- §{ after_seconds: 3600, tell: holder }",
    "tell.holder",
    "/escalation_policies/0/steps/1"
)]
#[case::repeats("repeats: 2", "repeats: §21", "number.range", "/escalation_policies/0/repeats")]
#[case::same_trigger(
    "- { name: Nobody answers, trigger: unanswered, scope: { organization: vendor }",
    "- §{ name: Nobody answers, trigger: unclaimed",
    "escalation_policy.twice",
    "/escalation_policies/1"
)]
#[case::role("[participant], weekly", "[§builder], weekly", "word.unknown", "/people/4/roles/0")]
#[case::kind("kind: in_person", "kind: §desk", "word.unknown", "/channels/3/kind")]
#[case::ambition("ambition: pilot", "ambition: §world-domination", "word.unknown", "/hackathon/brief/ambition")]
#[case::language("locale: en", "locale: §fr", "word.unknown", "/people/3/locale")]
#[case::no_role("roles: [observer]", "roles: §[]", "roles.none", "/people/5/roles")]
#[case::role_twice("[organizer, judge]", "[organizer, judge, §judge]", "role.twice", "/people/0/roles/2")]
#[case::no_organizer(
    "people:\n  - { email: lead@example.org, name: Lead, affiliation: { organization: host }, roles: [organizer, judge]",
    "people:\n  §- { email: lead@example.org, name: Lead, affiliation: { organization: host }, roles: [judge]",
    "people.organizer",
    "/people"
)]
#[case::two_holders(
    "accountable: { organization: host }",
    "accountable: §{ organization: host, unit: data }",
    "holder.one",
    "/responsibilities/0/accountable"
)]
#[case::no_holder(
    "accountable: { organization: host }",
    "accountable: §{}",
    "holder.one",
    "/responsibilities/0/accountable"
)]
#[case::holder_role(
    "owner: { role: team_mentor }",
    "owner: { role: §mentor }",
    "holder.role",
    "/channels/4/owner/role"
)]
#[case::link("\"https://example.org/form\"", "§\"javascript:alert(1)\"", "address.link", "/channels/5/address")]
#[case::mail("address: help@example.org", "address: §https://example.org", "address.email", "/channels/1/address")]
#[case::phone("\"+82 2 123 4567\"", "§\"ask at the desk\"", "address.phone", "/channels/2/address")]
#[case::own_phone("phone: \"+82 10 1234 5678\"", "phone: §\"none\"", "address.phone", "/people/0/phone")]
#[case::shift_order("to: 2026-10-13T00:00:00Z", "to: §2026-10-12T00:00:00Z", "shift.order", "/shifts/1/to")]
#[case::absent("replaces: true, on_duty: false", "on_duty: §false", "shift.absent", "/shifts/1/on_duty")]
#[case::shift_twice(
    "- { slug: away, ",
    "- { slug: away, owner: { unit: data }, from: 2026-10-20T00:00:00Z, to: 2026-10-21T00:00:00Z }\n  - { slug: §away, ",
    "shift.twice",
    "/shifts/2/slug"
)]
#[case::empty_row(
    "- { topic: judging, accountable: { member: lead@example.org } }",
    "- §{ topic: judging }",
    "responsibility.empty",
    "/responsibilities/1"
)]
#[case::row_twice(
    "- { topic: judging, ",
    "- { topic: §platform, ",
    "responsibility.twice",
    "/responsibilities/1/topic"
)]
#[case::holder_twice(
    "{ member: data@example.org }]",
    "§{ unit: data }]",
    "holder.twice",
    "/responsibilities/0/responsible/2"
)]
#[case::member_holder_twice(
    "{ member: data@example.org }]",
    "{ member: data@example.org }, §{ member: DATA@example.org }]",
    "holder.twice",
    "/responsibilities/0/responsible/3"
)]
#[case::organization_twice(
    "- { slug: vendor,",
    "- { slug: vendor, name: x, function: sponsor }\n  - { slug: §vendor,",
    "organization.twice",
    "/organizations/2/slug"
)]
#[case::unit_twice(
    "- { slug: host, name: A unit",
    "- { slug: §data, name: A unit",
    "unit.twice",
    "/organizations/0/units/1/slug"
)]
#[case::channel_twice("slug: desk", "slug: §mail", "channel.twice", "/channels/3/slug")]
#[case::topic_twice(
    "- { slug: judging,",
    "- { slug: judging, name: x }\n  - { slug: §judging,",
    "topic.twice",
    "/topics/3/slug"
)]
#[case::team_twice("slug: empty", "slug: §red", "team.twice", "/teams/2/slug")]
#[case::person_twice("email: gone@example.org", "email: §Lead@Example.org", "person.twice", "/people/5/email")]
#[case::sprint_twice("number: 2,", "number: §1,", "sprint.twice", "/sprints/1/number")]
#[case::unknown_topic("- { topic: judging,", "- { topic: §jugding,", "topic.unknown", "/responsibilities/1/topic")]
#[case::unknown_parent("parent: platform", "parent: §plattform", "topic.unknown", "/topics/1/parent")]
#[case::unknown_unit(
    "responsible: [{ unit: data }",
    "responsible: [{ unit: §dta }",
    "unit.unknown",
    "/responsibilities/0/responsible/0/unit"
)]
#[case::not_in_the_consortium(
    "consulted: [{ organization: vendor }]",
    "consulted: [{ organization: §acme }]",
    "organization.unknown",
    "/responsibilities/0/consulted/0/organization"
)]
#[case::two_affiliations(
    "affiliation: { unit: data }",
    "affiliation: §{ unit: data, organization: vendor }",
    "affiliation.one",
    "/people/1/affiliation"
)]
#[case::unknown_affiliation(
    "affiliation: { unit: data }",
    "affiliation: { unit: §vendor }",
    "unit.unknown",
    "/people/1/affiliation/unit"
)]
#[case::unknown_lead(
    "lead: data@example.org",
    "lead: §nobody@example.org",
    "person.unknown",
    "/organizations/0/units/0/lead"
)]
#[case::unknown_member(
    "informed: [{ member: lead@example.org }]",
    "informed: [{ member: §laed@example.org }]",
    "person.unknown",
    "/responsibilities/0/informed/0/member"
)]
#[case::unknown_channel("channel: chat", "channel: §chta", "channel.unknown", "/shifts/0/channel")]
#[case::unknown_pack("pack: data-platform", "pack: §data-platfrom", "pack.unknown", "/topics/1/pack")]
#[case::circle(
    "- { slug: judging,",
    "- { slug: judging, parent: §judging2, name: a }\n  - { slug: judging2, parent: judging, name: b }\n  - { slug: judging3,",
    "topic.circle",
    "/topics/2/parent"
)]
#[case::mentor_is_none("mentor: data@example.org", "mentor: §gone@example.org", "person.role", "/teams/0/mentor")]
#[case::member_is_none(
    "members: [{ email: bo@example.org",
    "members: [{ email: §gone@example.org",
    "person.role",
    "/teams/1/members/0/email"
)]
#[case::member_twice(
    "function: sound-engineer }]",
    "function: sound-engineer }, { email: §BO@example.org, function: leader }]",
    "team.twice",
    "/teams/1/members/1/email"
)]
#[case::mentors_itself(
    "email: ada@example.org, function: leader",
    "email: §data@example.org, function: leader",
    "team.twice",
    "/teams/0/members/0/email"
)]
#[case::two_mentor_fields(
    "mentor: data@example.org,",
    "mentor: data@example.org, mentors: §[second@example.org],",
    "team.mentors",
    "/teams/0/mentors"
)]
#[case::sprint_outside(
    "- { number: 2, starts_on: 2026-10-17, ends_on: 2026-10-30 }",
    "- §{ number: 2, starts_on: 2026-10-17, ends_on: 2026-10-31 }",
    "sprint.outside",
    "/sprints/1"
)]
#[case::sprint_overlap(
    "- { number: 2, starts_on: 2026-10-17",
    "- §{ number: 2, starts_on: 2026-10-16",
    "sprint.overlap",
    "/sprints/1"
)]
#[case::field_twice("  slug: autumn", "  slug: autumn\n  §slug: winter", "yaml.twice", "/hackathon/slug")]
#[case::alias(
    "name: { en: Platform, ko: 플랫폼 }",
    "name: { en: &x Platform, ko: §*x }",
    "yaml.alias",
    "/topics/0/name/ko"
)]
#[case::tag("name: Lead,", "name: §!!str Lead,", "yaml.tag", "/people/0/name")]
fn each_fault_names_its_place(#[case] from: &str, #[case] to: &str, #[case] code: &str, #[case] pointer: &str) {
    let (file, place) = changed(from, to);
    let faults = read(file.as_bytes(), PACKS).expect_err("the file is wrong");
    let fault = faults.iter().find(|fault| fault.code == code).unwrap_or_else(|| panic!("{code} in {faults:#?}"));
    assert_eq!(faults.len(), 1, "one slip, one fault: {faults:#?}");
    assert!(fault.detail.en.ends_with(['.', '?', '"']) && fault.detail.ko.contains(hangul), "{:?}", fault.detail);
    assert_eq!((fault.pointer.as_str(), fault.place), (pointer, Some(place)), "{faults:#?}");
}

fn hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Fourteen slips in one file, some of them in one line, and nothing that hides another.
#[test]
fn every_fault_is_told_at_once_from_the_top_to_the_end() {
    let slips = [
        ("signpost: 1", "signpost: 3"),
        ("timezone: Asia/Seoul", "timezone: Asia/Soul"),
        ("ends_on: 2026-10-16, goal", "ends_on: 2026-10-18, goal"),
        ("function: host", "functions: host"),
        ("kind: in_person", "kind: inperson"),
        ("\"Wed 14:00-16:00\"", "\"Wed 14-16\""),
        ("parent: platform", "parent: judging2"),
        ("- { topic: judging,", "- { topic: sailing,"),
        ("{ member: data@example.org }]", "{ member: data@exmaple.org }]"),
        ("consulted: [{ organization: vendor }]", "consulted: [{ organization: acme }]"),
        ("weekly_hours: 80", "weekly_hours: 81"),
        ("function: sound-engineer }]", "function: sound-engineer }, { email: bo@example.org, function: leader }]"),
        ("on_duty: false }", "on_duty: false, why: holidays }"),
    ];
    let file = slips.iter().fold(WHOLE.to_owned(), |file, (from, to)| {
        assert_eq!(file.matches(from).count(), 1, "{from:?}");
        file.replace(from, to)
    });
    let faults = read(file.as_bytes(), PACKS).expect_err("the file is wrong");
    let found: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.code, fault.pointer.as_str())).collect();
    let expected = [
        ("version.unknown", "/signpost"),
        ("timezone.unknown", "/hackathon/timezone"),
        ("field.missing", "/organizations/0/function"),
        ("field.unknown", "/organizations/0/functions"),
        ("hours.shape", "/channels/0/hours/1"),
        ("word.unknown", "/channels/3/kind"),
        ("topic.unknown", "/topics/1/parent"),
        ("person.unknown", "/responsibilities/0/responsible/2/member"),
        ("organization.unknown", "/responsibilities/0/consulted/0/organization"),
        ("topic.unknown", "/responsibilities/1/topic"),
        ("hours.weekly", "/people/4/weekly_hours"),
        ("team.twice", "/teams/1/members/1/email"),
        ("sprint.overlap", "/sprints/1"),
        ("field.unknown", "/shifts/1/why"),
    ];
    assert_eq!(found, expected);
}

#[rstest]
#[case("timezone: Asia/Seoul", "timezone: Asia/Soul", "Did you mean \"Asia/Seoul\"?")]
#[case("  slug: autumn", "  slug: autumn\n  timezon: x", "Did you mean \"timezone\"?")]
#[case("kind: in_person", "kind: inperson", "Did you mean \"in_person\"?")]
#[case("parent: platform", "parent: plattform", "Did you mean \"platform\"?")]
#[case(
    "informed: [{ member: lead@example.org }]",
    "informed: [{ member: laed@example.org }]",
    "Did you mean \"lead@example.org\"?"
)]
#[case("consulted: [{ organization: vendor }]", "consulted: [{ organization: acme }]", "is not in the consortium")]
#[case("name: Lead,", "name: 2026,", "Put it in quotes: \"2026\".")]
#[case("slug: desk", "slug: mail", "is already on line 32.")]
#[case("locale: en", "locale: xx", "Write one of: en, ko.")]
fn a_fault_says_what_to_write_instead(#[case] from: &str, #[case] to: &str, #[case] part: &str) {
    let faults = read(WHOLE.replace(from, to).as_bytes(), PACKS).expect_err("the file is wrong");
    assert!(faults.iter().any(|fault| fault.detail.en.contains(part)), "{faults:#?}");
}

/// A draft may be exported and read again: whether a matrix may be published is not for the file to say.
#[test]
fn an_unfinished_matrix_is_read() {
    let file = WHOLE.replace("    accountable: { organization: host }\n", "");
    assert!(read(file.as_bytes(), PACKS).is_ok());
}
