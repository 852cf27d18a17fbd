//! The matrix through the API: findings, publishing, versions, and the files it is taken out as.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use serde_json::{Value, json};
use signpost::base::Key;
use signpost::hackathon::Hackathon;
use signpost::matrix;

use crate::on_both;
use crate::support::{Event, Joined, Person, World, text};

/// A hackathon whose matrix could be published: `acme` is accountable, its unit responsible, both reached.
struct Whole<'w> {
    event: Event<'w>,
    ada: Joined,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl<'w> Whole<'w> {
    fn open(world: &'w World) -> Whole<'w> {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let ada = event.join("ada", &["responder"]);
        let of_unit = json!({"affiliation": {"unit": "acme-unit"}});
        world.patch(&event.organizer, &event.path(&format!("members/{}", ada.id)), of_unit).must(200);
        world.patch(&event.organizer, &event.path("organizations/acme"), json!({"lead": ada.id})).must(200);
        event.make(
            "channels",
            json!({"slug": "desk", "owner": {"unit": "acme-unit"}, "kind": "chat",
            "address": "https://chat.example.org", "hours": ["Mon-Fri 09:00-17:00"]}),
        );
        event.make("topics", json!({"slug": "etl", "name": {"en": "ETL", "ko": "이티엘"}}));
        event.make("topics", json!({"slug": "spark", "name": "Spark", "parent": "etl"}));
        let whole = Whole { event, ada };
        whole.give("etl", json!({"unit": "acme-unit"}), "responsible");
        whole.give("etl", json!({"organization": "acme"}), "accountable");
        whole
    }

    fn give(&self, topic: &str, holder: Value, role: &str) -> String {
        text(&self.event.make("responsibilities", json!({"topic": topic, "holder": holder, "role": role}))["id"])
    }

    fn publish(&self) -> crate::support::Reply {
        self.event.world.call("POST", &self.event.path("matrix/publish")).by(&self.event.organizer).send()
    }

    fn file(&self, kind: &str, lang: &str) -> crate::support::Reply {
        let call = self.event.world.call("GET", &self.event.path("matrix")).by(&self.event.organizer);
        call.header("Accept", kind).header("Accept-Language", lang).send().must(200)
    }

    fn stored(&self) -> Hackathon {
        let found = self.event.world.db.read_now(|tx| signpost::hackathon::store::find(tx, &Key::parse("h1").unwrap()));
        found.unwrap().unwrap()
    }
}

/// For each topic: where it takes its holders from, and what each cell says.
fn lines(matrix: &Value) -> Vec<(String, Value, Vec<String>)> {
    let cell =
        |cell: &Value| format!("{} {} {}", text(&cell["role"]), text(&cell["holder"]["slug"]), cell["inherited"]);
    let line = |line: &Value| {
        let cells = line["cells"].as_array().unwrap().iter().map(cell).collect();
        (text(&line["topic"]["slug"]), line["inherited_from"].clone(), cells)
    };
    matrix["topics"].as_array().unwrap().iter().map(line).collect()
}

on_both! {
    fn nothing_is_in_force_before_it_is_published(world) {
        let whole = Whole::open(world);
        let seen = whole.event.read("matrix");
        assert_eq!(seen, json!({"version": null, "published_at": null, "state": "unpublished", "topics": [], "holders": []}));
        world.get(&whole.ada.person, &whole.event.path("matrix?version=1")).must(404);
    }

    fn the_draft_shows_what_is_inherited(world) {
        let whole = Whole::open(world);
        let draft = whole.event.read("matrix?version=draft");
        assert_eq!((&draft["version"], &draft["state"]), (&json!(null), &json!("draft")));
        let cells = |inherited| vec![format!("responsible acme-unit {inherited}"), format!("accountable acme {inherited}")];
        assert_eq!(lines(&draft), [("etl".into(), json!(null), cells(false)), ("spark".into(), json!("etl"), cells(true))]);
        assert_eq!(draft["topics"][1]["topic"], json!({"slug": "spark", "name": {"en": "Spark"}, "parent": "etl"}));
        let holders: Vec<_> = draft["holders"].as_array().unwrap().iter().map(|one| text(&one["slug"])).collect();
        assert_eq!(holders, ["acme", "acme-unit"]);
        world.get(&whole.event.organizer, &whole.event.path("matrix?version=two")).must(422);
    }

    fn findings_are_told_in_the_caller_s_language(world) {
        let whole = Whole::open(world);
        assert_eq!(whole.event.read("matrix/findings"), json!({"errors": 0, "warnings": 0, "items": []}));
        whole.event.make("topics", json!({"slug": "access", "name": {"en": "Access", "ko": "접근"}}));
        let path = whole.event.path("matrix/findings");
        let told = |lang: &str| world.call("GET", &path).by(&whole.event.organizer).header("Accept-Language", lang).send().must(200);
        let (en, ko) = (told("en"), told("ko"));
        assert_ne!(en.etag(), ko.etag());
        let (en, ko) = (en.json(), ko.json());
        assert_eq!((&en["errors"], &en["warnings"]), (&json!(2), &json!(0)));
        let item = &en["items"][0];
        assert_eq!((&item["code"], &item["level"], &item["topic"]), (&json!("R1"), &json!("error"), &json!("access")));
        assert_eq!(text(&item["message"]), "Nobody is accountable for Access.");
        assert_eq!(text(&ko["items"][0]["message"]), "총괄 책임이 없는 주제: 접근");
        assert!(text(&ko["items"][0]["remedy"]).contains("정하세요"));
    }

    fn publishing_waits_until_no_error_stands(world) {
        let whole = Whole::open(world);
        whole.event.make("topics", json!({"slug": "access", "name": "Access"}));
        let refused = whole.publish().must(409).json();
        assert_eq!(refused["findings"]["errors"], 2);
        assert_eq!(refused["findings"]["items"][1]["code"], "R2");
        assert_eq!(whole.event.read("matrix/versions")["items"], json!([]));
        whole.give("access", json!({"organization": "acme"}), "accountable");
        whole.give("access", json!({"unit": "acme-unit"}), "responsible");
        let made = whole.publish().must(201);
        assert_eq!(made.header("location"), Some("/v1/hackathons/h1/matrix?version=1"));
        assert_eq!((&made.json()["version"], &made.json()["warnings"]), (&json!(1), &json!(0)));
    }

    fn versions_count_from_one_without_gaps(world) {
        let whole = Whole::open(world);
        assert_eq!(whole.publish().must(201).json()["version"], 1);
        let again = whole.publish().must(200);
        assert_eq!(again.json()["version"], 1);
        assert_eq!(again.etag(), world.get(&whole.ada.person, &whole.event.path("matrix")).etag());
        whole.give("spark", json!({"member": whole.ada.id}), "responsible");
        whole.publish().must(409);
        whole.give("spark", json!({"member": whole.ada.id}), "accountable");
        assert_eq!(whole.publish().must(201).json()["version"], 2);
        world.patch(&whole.event.organizer, &whole.event.path("topics/etl"), json!({"slug": "pipelines"})).must(200);
        assert_eq!(whole.publish().must(201).json()["version"], 3, "another name is another version");
        let first = whole.event.read("matrix/versions?limit=2");
        let numbers = |page: &Value| page["items"].as_array().unwrap().iter().map(|one| one["version"].as_i64().unwrap()).collect::<Vec<_>>();
        let rest = whole.event.read(&format!("matrix/versions?limit=2&cursor={}", text(&first["next"])));
        assert_eq!((numbers(&first), numbers(&rest), &rest["next"]), (vec![3, 2], vec![1], &json!(null)));
        assert_eq!(first["items"][0]["published_at"], "2024-11-05T14:30:00Z");
    }

    fn a_version_keeps_the_names_of_its_day(world) {
        let whole = Whole::open(world);
        whole.publish().must(201);
        let before = world.get(&whole.ada.person, &whole.event.path("matrix?version=1")).must(200);
        world.patch(&whole.event.organizer, &whole.event.path("topics/etl"), json!({"slug": "pipelines", "name": "P"})).must(200);
        world.patch(&whole.event.organizer, &whole.event.path("units/acme-unit"), json!({"name": "New", "slug": "new"})).must(200);
        let after = world.get(&whole.ada.person, &whole.event.path("matrix?version=1")).must(200);
        assert_eq!((before.json(), before.etag()), (after.json(), after.etag()));
        let same = world.call("GET", &whole.event.path("matrix")).by(&whole.ada.person).header("If-None-Match", &after.etag());
        same.send().must(304);
        let draft = world.get(&whole.event.organizer, &whole.event.path("matrix?version=draft")).json();
        assert_eq!(lines(&draft)[0].0, "pipelines");
    }

    fn what_changed_is_told_by_cell_and_by_topic(world) {
        let whole = Whole::open(world);
        whole.publish().must(201);
        let id = whole.event.read("responsibilities?role=accountable")["items"][0]["id"].clone();
        world.delete(&whole.event.organizer, &whole.event.path(&format!("responsibilities/{}", text(&id)))).must(204);
        whole.give("etl", json!({"member": whole.ada.id}), "accountable");
        whole.give("etl", json!({"organization": "acme"}), "informed");
        whole.event.make("topics", json!({"slug": "joins", "name": "Joins", "parent": "spark"}));
        let told = whole.event.read("matrix/versions/1/diff/draft");
        assert_eq!((&told["from"], &told["to"]), (&json!(1), &json!("draft")));
        let cell = &told["added"][0];
        assert_eq!((&cell["topic"]["slug"], &cell["holder"]["name"]["en"], &cell["role"]), (&json!("etl"), &json!("ada"), &json!("accountable")));
        assert_eq!((told["added"].as_array().unwrap().len(), &told["removed"]), (1, &json!([])));
        let moved = &told["moved"][0];
        assert_eq!((&moved["holder"]["slug"], &moved["from"]["role"], &moved["to"]["role"]), (&json!("acme"), &json!("accountable"), &json!("informed")));
        assert_eq!(told["topics_added"][0]["slug"], "joins");
        whole.publish().must(201);
        let same = world.get(&whole.ada.person, &whole.event.path("matrix/versions/1/diff/2")).must(200).json();
        assert_eq!(same["added"], told["added"]);
        let back = whole.event.read("matrix/versions/2/diff/1");
        assert_eq!((&back["removed"][0]["holder"]["name"]["en"], &back["topics_removed"][0]["slug"]), (&json!("ada"), &json!("joins")));
        let none = whole.event.read("matrix/versions/2/diff/2");
        assert!(none.as_object().unwrap().values().all(|part| part.as_array().is_none_or(Vec::is_empty)), "{none}");
        world.get(&whole.ada.person, &whole.event.path("matrix/versions/1/diff/9")).must(404);
        world.get(&whole.ada.person, &whole.event.path("matrix/versions/x/diff/1")).must(422);
    }

    fn members_read_what_is_published_and_organizers_the_draft(world) {
        let whole = Whole::open(world);
        whole.publish().must(201);
        let path = |rest: &str| whole.event.path(rest);
        for role in ["mentor", "responder", "participant", "judge", "observer"] {
            let who: Person = whole.event.join(role, &[role]).person;
            for open in ["matrix", "matrix?version=1", "matrix/versions", "matrix/versions/1/diff/1"] {
                world.get(&who, &path(open)).must(200);
            }
            for closed in ["matrix?version=draft", "matrix/findings", "matrix/versions/1/diff/draft", "matrix/versions/draft/diff/1"] {
                world.get(&who, &path(closed)).must(403);
            }
            world.post(&who, &path("matrix/publish"), json!({})).must(403);
        }
        let stranger = world.person("stranger");
        for rest in ["matrix", "matrix?version=draft", "matrix/findings", "matrix/versions", "matrix/versions/1/diff/1"] {
            world.get(&stranger, &path(rest)).must(404);
        }
        world.post(&stranger, &path("matrix/publish"), json!({})).must(404);
        world.post(&whole.event.organizer, &path("matrix/publish"), json!({"force": true})).must(422);
    }

    fn a_repeated_publication_is_one(world) {
        let whole = Whole::open(world);
        let publish = || {
            world.call("POST", &whole.event.path("matrix/publish")).by(&whole.event.organizer).header("Idempotency-Key", "k").send().must(201)
        };
        assert_eq!(publish().body, publish().body);
        assert_eq!(whole.event.read("matrix/versions")["items"].as_array().unwrap().len(), 1);
    }

    fn w5_the_matrix_is_taken_out_as_csv_and_as_a_workbook(world) {
        let whole = Whole::open(world);
        whole.event.make("topics", json!({"slug": "formula", "name": "=1+1", "parent": "spark"}));
        world.patch(&whole.event.organizer, &whole.event.path("units/acme-unit"), json!({"name": "@SUM(A1)"})).must(200);
        whole.publish().must(201);
        let csv = whole.file("text/csv", "en");
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"h1-matrix-v1.csv\""));
        let expected = "Topic,Name,Part of,Inherited from,acme (acme),'@SUM(A1) (acme-unit)\r\n\
            etl,ETL,,,A,R\r\nspark,Spark,etl,etl,(A),(R)\r\nformula,'=1+1,spark,etl,(A),(R)\r\n";
        assert_eq!(csv.text(), expected);
        let book = whole.file(XLSX, "en");
        assert_eq!(book.header("content-type"), Some(XLSX));
        let mut read: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book.body.clone())).unwrap();
        let sheet = read.worksheet_range("Responsibilities").unwrap();
        let rows: Vec<String> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")).collect();
        assert_eq!(rows.join("\r\n") + "\r\n", expected);
        assert!(read.worksheet_formula("Responsibilities").unwrap().is_empty(), "no cell is a formula");
        assert!(whole.file("text/csv", "ko").text().contains("이티엘"));
    }

    fn each_form_has_its_own_tag(world) {
        let whole = Whole::open(world);
        whole.publish().must(201);
        let forms = [("application/json", "en"), ("text/csv", "en"), ("text/csv", "ko"), (XLSX, "en"), (XLSX, "ko")];
        let tags: std::collections::BTreeSet<_> = forms.iter().map(|(kind, lang)| whole.file(kind, lang).etag()).collect();
        assert_eq!(tags.len(), forms.len());
        assert_eq!(whole.file(XLSX, "ko").body, whole.file(XLSX, "ko").body);
        assert_eq!(whole.file("text/html, text/csv;q=0.5, application/json;q=0.9", "en").header("content-type"), Some("application/json"));
        assert_eq!(whole.file("image/png", "en").header("content-type"), Some("application/json"));
    }

    fn r8_who_answers_alone_does_not_go_while_it_is_published(world) {
        let whole = Whole::open(world);
        let eve = whole.event.join("eve", &["responder"]);
        let cell = whole.give("spark", json!({"member": eve.id}), "responsible");
        whole.give("spark", json!({"organization": "acme"}), "accountable");
        whole.publish().must(201);
        whole.give("spark", json!({"unit": "acme-unit"}), "responsible");
        let path = whole.event.path(&format!("members/{}", eve.id));
        let refused = world.delete(&whole.event.organizer, &path).must(409).json();
        assert_eq!(refused["topics"], json!(["spark"]), "whoever asks today is still sent to eve");
        world.patch(&whole.event.organizer, &path, json!({"suspended": true})).must(409);
        whole.publish().must(201);
        world.get(&whole.event.organizer, &whole.event.path(&format!("responsibilities/{cell}"))).must(200);
        world.delete(&whole.event.organizer, &path).must(204);
        world.get(&whole.event.organizer, &whole.event.path(&format!("responsibilities/{cell}"))).must(404);
        assert_eq!(whole.publish().must(201).json()["version"], 3);
    }

    fn r8_the_last_one_behind_a_unit_without_a_channel_does_not_go(world) {
        let whole = Whole::open(world);
        whole.publish().must(201);
        let path = whole.event.path(&format!("members/{}", whole.ada.id));
        world.delete(&whole.event.organizer, &whole.event.path("channels/desk")).must(204);
        assert_eq!(world.delete(&whole.event.organizer, &path).must(409).json()["topics"], json!(["etl"]));
        whole.event.make("members", json!({"email": "eve@example.org", "roles": ["responder"], "affiliation": {"unit": "acme-unit"}}));
        world.delete(&whole.event.organizer, &path).must(204);
        assert_eq!(world.delete(&whole.event.organizer, &whole.event.path("units/acme-unit")).must(409).json()["topics"], json!(["etl"]));
    }

    fn what_is_in_force_lies_over_the_topics_of_today(world) {
        let whole = Whole::open(world);
        let event = whole.stored();
        let published = || world.db.read_now({ let id = event.id; move |tx| matrix::published(tx, id) }).unwrap();
        assert_eq!(published(), None);
        whole.publish().must(201);
        whole.event.make("topics", json!({"slug": "joins", "name": "Joins", "parent": "spark"}));
        whole.event.make("topics", json!({"slug": "other", "name": "Other"}));
        whole.give("spark", json!({"role": "team_mentor"}), "consulted");
        let found = published().unwrap();
        let inherited: Vec<_> = found.topics.iter().map(|topic| (topic.cells.len(), topic.inherited_from.is_some())).collect();
        assert_eq!((found.version, inherited), (1, vec![(2, false), (2, true), (2, true), (0, false)]));
        assert_eq!(found.topics[2].inherited_from, Some(found.topics[0].topic));
    }
}
