//! Setting an event up by forms: its consortium, its topics, its channels and shifts, and the hackathon itself.

use serde_json::{Value, json};

use super::browser::Browser;
use super::settings::form;
use crate::on_both;
use crate::questions::scene::Scene;

const PLACE: &str = "/h/h1/settings";

/// The fields as they are, but for these.
pub fn but<'f>(all: &[(&'f str, &'f str)], changed: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let kept = all.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    kept.chain(changed).copied().collect()
}

/// What a hidden field of a form carries, such as its mark.
#[track_caller]
pub fn hidden(page: &str, name: &str) -> String {
    let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("there is no {name}"));
    from.split('"').next().unwrap().to_owned()
}

#[track_caller]
fn stored(scene: &Scene, path: &str) -> Value {
    scene.get("planner", &format!("/v1/hackathons/h1/{path}")).must(200).json()
}

on_both! {
    fn organizations_are_added_changed_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = format!("{PLACE}/organizations");
        let page = planner.page(&place);
        assert!(page.contains("Platform vendor") && page.contains("Spoken for by boss") && page.contains("led by chief"), "{page}");
        let refused = planner.post(&place, &[("organization", "Big Co"), ("name_en", "two\nlines"), ("function", "king")]).must(422).text();
        for field in ["organization", "name_en", "function"] {
            assert!(refused.contains(&format!("href=\"#{field}-organization\"")), "{field}: {refused}");
        }
        assert!(refused.contains("value=\"Big Co\""), "what was typed is kept");
        let boss = scene.member("boss");
        let page = planner.done(&place, &[("organization", "makers"), ("name_en", "Makers"), ("name_ko", "메이커스"), ("function", "delivery_partner"), ("lead", &boss)]);
        assert!(page.contains("Makers") && page.contains("Delivery partner"), "{page}");
        let made = stored(&scene, "organizations/makers");
        assert_eq!((&made["name"], &made["lead"]), (&json!({"en": "Makers", "ko": "메이커스"}), &json!(boss)));
        assert!(planner.post(&place, &[("organization", "makers"), ("name_en", "Makers"), ("function", "host")]).must(409).text().contains("There is a problem"));
        let one = format!("{place}/makers");
        let mark = hidden(&planner.page(&one), "mark");
        let changed = [("mark", mark.as_str()), ("name_en", "The makers"), ("function", "sponsor"), ("lead", "")];
        assert!(planner.done(&one, &changed).contains("The makers"));
        let again = planner.post(&one, &but(&changed, &[("name_en", "Others")])).must(409).text();
        assert!(again.contains("Somebody else changed this meanwhile") && again.contains("value=\"Others\""), "{again}");
        assert_eq!(stored(&scene, "organizations/makers")["name"], json!({"en": "The makers"}));
        assert!(!planner.done(&format!("{one}/remove"), &[]).contains("The makers"));
        let refused = planner.post(&format!("{place}/acme/remove"), &[]).must(409).text();
        assert!(refused.contains("would lose their accountable") && refused.contains("etl"), "{refused}");
        Browser::of(world, scene.who("mentor1")).post(&place, &[("organization", "x")]).must(403);
    }

    fn units_are_added_moved_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let (list, place) = (format!("{PLACE}/organizations"), format!("{PLACE}/units"));
        let refused = planner.post(&place, &[("of", ""), ("slug", "Help Desk"), ("lead", "x")]).must(422).text();
        for field in ["of", "slug", "name_en", "lead"] {
            assert!(refused.contains(&format!("href=\"#{field}-unit\"")), "{field}: {refused}");
        }
        assert!(planner.post(&place, &[("of", "nobody"), ("slug", "help"), ("name_en", "Help")]).must(422).text().contains("href=\"#of-unit\""));
        let (trust, planners) = (stored(&scene, "organizations/trust"), stored(&scene, "organizations/planners"));
        let (trust, planners) = (trust["id"].as_str().unwrap(), planners["id"].as_str().unwrap());
        let add = [("of", trust), ("slug", "help"), ("name_en", "Help desk")];
        assert!(planner.done(&place, &add).contains("Help desk"));
        planner.post(&place, &add).must(409);
        let keeper = scene.member("keeper");
        let one = format!("{place}/help");
        planner.done(&one, &[("of", planners), ("slug", "help-desk"), ("name_en", "Help desk"), ("name_ko", "안내"), ("lead", &keeper)]);
        let made = stored(&scene, "units/help-desk");
        assert_eq!((&made["organization"], &made["lead"]), (&json!(planners), &json!(keeper)));
        assert!(planner.post(&format!("{place}/development/remove"), &[]).must(409).text().contains("would lose"));
        assert!(!planner.done(&format!("{place}/help-desk/remove"), &[]).contains("Help desk"));
        assert!(Browser::of(world, scene.who("planner")).korean().page(&list).contains("개발팀"));
    }

    fn topics_are_taken_from_packs_added_changed_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = format!("{PLACE}/topics");
        let pack = signpost::router::packs()[0].slug;
        assert!(planner.post(&format!("{PLACE}/packs"), &[]).must(422).text().contains("href=\"#pack-packs\""));
        let page = planner.done(&format!("{PLACE}/packs"), &[("pack", pack)]);
        assert!(!page.contains(&format!("name=\"pack\" value=\"{pack}\"")), "what was taken is not offered again");
        assert_eq!(stored(&scene, &format!("topics/{pack}"))["pack"], pack);
        let etl = stored(&scene, "topics/etl")["id"].as_str().unwrap().to_owned();
        let refused = planner.post(&place, &[("slug", "a b"), ("parent", "nothing"), ("name_ko", "x\ny")]).must(422).text();
        for field in ["slug", "parent", "name_ko"] {
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field}: {refused}");
        }
        let long = format!("short\n{}", "x".repeat(501));
        let add = [("slug", "joins"), ("name_en", "Joins"), ("parent", etl.as_str()), ("keywords_en", "join\nmerge\n"), ("examples_ko", "조인은 어떻게 하나요?"), ("description_en", "Bringing tables together.")];
        let refused = planner.post(&place, &but(&add, &[("examples_en", &long)])).must(422).text();
        assert!(refused.contains("href=\"#examples_en\"") && refused.contains("at most 500"), "{refused}");
        assert!(planner.done(&place, &add).contains("ETL pipelines › "));
        let made = stored(&scene, "topics/joins");
        assert_eq!((&made["parent"], &made["keywords"]), (&json!(etl), &json!({"en": ["join", "merge"], "ko": []})));
        let joins = made["id"].as_str().unwrap().to_owned();
        let circle = [("slug", "etl"), ("name_en", "ETL"), ("parent", joins.as_str())];
        assert!(planner.post(&format!("{place}/etl"), &circle).must(422).text().contains("href=\"#parent\""));
        assert!(planner.post(&format!("{place}/etl/remove"), &[]).must(409).text().contains("Other things hang on this topic"));
        planner.done(&format!("{place}/joins"), &but(&add, &[("parent", ""), ("keywords_en", ""), ("pack", pack)]));
        let made = stored(&scene, "topics/joins");
        assert_eq!((&made["parent"], &made["keywords"]["en"], &made["pack"]), (&json!(null), &json!([]), &json!(pack)));
        assert!(!planner.done(&format!("{place}/joins/remove"), &[]).contains("Joins"));
        Browser::of(world, scene.who("ada")).post(&place, &add).must(403);
    }

    fn channels_are_added_changed_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = format!("{PLACE}/channels");
        let add = [("slug", "late"), ("owner", "unit:operations"), ("kind", "meeting"), ("address", "https://meet.example.org/late"), ("hours", "Mon-Fri 18:00-20:00\nSat 10:00-12:00")];
        assert!(planner.done(&place, &add).contains("https://meet.example.org/late"));
        assert!(planner.post(&place, &add).must(409).text().contains("There is a problem"));
        let one = format!("{place}/late");
        let refused = planner.post(&one, &but(&add, &[("hours", "Someday"), ("owner", ""), ("timezone", "Nowhere")])).must(422).text();
        for field in ["hours", "owner", "timezone"] {
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field}: {refused}");
        }
        let to = [("slug", "later"), ("name_ko", "저녁 상담"), ("owner", "unit:development"), ("address", "https://meet.example.org/later"), ("hours", "월-금 18:00-20:00"), ("timezone", "Asia/Seoul")];
        let page = planner.done(&one, &but(&add, &to));
        assert!(page.contains("https://meet.example.org/later") && page.contains("저녁 상담") && page.contains("Development team"), "{page}");
        let made = stored(&scene, "channels/later");
        assert_eq!((&made["hours"], &made["timezone"]), (&json!(["Mon-Fri 18:00-20:00"]), &json!("Asia/Seoul")));
        assert!(planner.post(&format!("{place}/later"), &but(&add, &[("kind", "email")])).must(422).text().contains("href=\"#address\""));
        assert!(!planner.done(&format!("{place}/later/remove"), &[]).contains("meet.example.org/later"));
    }

    fn shifts_are_added_changed_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = format!("{PLACE}/shifts");
        assert!(planner.page(&place).contains("No shifts are ahead"));
        let refused = planner.post(&place, &[("owner", "x"), ("sort", "besides"), ("starts_at", "noon"), ("ends_at", ""), ("channel", "no-such")]).must(422).text();
        for field in ["owner", "starts_at", "ends_at", "channel"] {
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field}: {refused}");
        }
        let add = [("owner", "unit:operations"), ("sort", "away"), ("starts_at", "2024-11-12T08:00"), ("ends_at", "2024-11-12T10:00")];
        let page = planner.done(&place, &add);
        assert!(page.contains("Not on duty") && page.contains("12 November 2024, 08:00 GMT"), "{page}");
        let made = stored(&scene, "shifts")["items"][0].clone();
        assert_eq!((&made["replaces"], &made["on_duty"], &made["starts_at"]), (&json!(true), &json!(false), &json!("2024-11-12T08:00:00Z")));
        let one = form(&page.replace("href=\"", "action=\""), &format!("{place}/")).to_owned();
        assert!(planner.page(&one).contains("value=\"2024-11-12T08:00\""));
        assert!(planner.post(&one, &but(&add, &[("ends_at", "2024-11-12T08:00")])).must(422).text().contains("href=\"#ends_at\""));
        let mark = hidden(&planner.page(&one), "mark");
        planner.done(&one, &but(&add, &[("sort", "besides"), ("ends_at", "2024-11-12T09:00"), ("mark", &mark)]));
        let made = stored(&scene, "shifts")["items"][0].clone();
        assert_eq!((&made["replaces"], &made["on_duty"], &made["ends_at"]), (&json!(false), &json!(true), &json!("2024-11-12T09:00:00Z")));
        planner.post(&one, &but(&add, &[("mark", &mark)])).must(409);
        assert!(planner.done(&format!("{one}/remove"), &[]).contains("No shifts are ahead"));
        Browser::of(world, scene.who("dev1")).post(&place, &add).must(403);
    }

    fn the_hackathon_is_changed_ended_opened_again_and_deleted(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = format!("{PLACE}/hackathon");
        let as_is = [("slug", "h1"), ("name_en", "One"), ("name_ko", "하나"), ("timezone", "Europe/London"), ("starts_on", "2024-11-04"), ("ends_on", "2024-11-29"), ("working_hours", ""), ("holidays", "")];
        let refused = planner.post(&place, &but(&as_is, &[("timezone", "Mars"), ("ends_on", "soon"), ("holidays", "x\ny"), ("slug", "H 1")])).must(422).text();
        for field in ["timezone", "ends_on", "holidays", "slug"] {
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field}: {refused}");
        }
        assert!(planner.post(&place, &but(&as_is, &[("ends_on", "2024-11-01")])).must(422).text().contains("The last day must not be before"));
        let mark = hidden(&planner.page(&place), "mark");
        let to = [("name_en", "The first"), ("working_hours", "Mon-Thu 10:00-16:00"), ("holidays", "2024-11-11\n2024-11-12"), ("mark", mark.as_str())];
        planner.done(&place, &but(&as_is, &to));
        let now = scene.get("planner", "/v1/hackathons/h1").must(200).json();
        assert_eq!((&now["name"]["en"], &now["working_hours"]), (&json!("The first"), &json!(["Mon-Thu 10:00-16:00"])));
        assert_eq!(now["holidays"], json!(["2024-11-11", "2024-11-12"]));
        planner.post(&place, &but(&as_is, &to)).must(409);
        let ended = planner.done(&format!("{place}/end"), &[]);
        assert!(ended.contains("This hackathon has ended") && ended.contains("Open it again"), "{ended}");
        let topics = planner.page(&format!("{PLACE}/topics"));
        assert!(!topics.contains("Add a topic"), "nothing is offered that would be refused");
        planner.post(&format!("{PLACE}/topics"), &[("slug", "x"), ("name_en", "X")]).must(409);
        assert!(!planner.done(&format!("{place}/reopen"), &[]).contains("This hackathon has ended"));
        let file = planner.get(&format!("{place}/file")).must(200);
        assert!(file.header("content-disposition").is_some_and(|name| name.contains("h1.yaml")) && file.text().contains("slug: h1"));
        assert!(planner.get(&format!("{place}/archive/file")).must(200).header("content-type").is_some_and(|kind| kind == "application/zip"));
        Browser::of(world, scene.who("mentor1")).post(&format!("{place}/delete"), &[("confirm", "h1")]).must(403);
        let refused = planner.post(&format!("{place}/delete"), &[("confirm", "h2")]).must(422).text();
        assert!(refused.contains("href=\"#confirm-deletion\"") && refused.contains("value=\"h2\""), "{refused}");
        assert!(planner.done(&place, &but(&as_is, &[("slug", "first")])).contains("/h/first/settings"));
        let gone = planner.post("/h/first/settings/hackathon/delete", &[("confirm", "first")]).must(303);
        assert_eq!(gone.header("location"), Some("/"));
        planner.get("/h/first").must(404);
    }
}
