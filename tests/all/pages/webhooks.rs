//! Webhooks, by forms.

use super::browser::Browser;
use super::settings::form;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::eventually;
use crate::webhooks::receiver::Receiver;

const PLACE: &str = "/h/h1/settings/webhooks";

/// What stands in the first `<code>` of a page.
fn secret(page: &str) -> String {
    let shown = page.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
    shown.unwrap_or_else(|| panic!("no secret is shown: {page}")).to_owned()
}

on_both! {
    fn a_webhook_is_added_tried_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let receiver = Receiver::open();
        assert!(planner.page(PLACE).contains("There are none yet."));
        let refused = planner.post(PLACE, &[("name", "Chat bot"), ("url", "https://10.0.0.1/"), ("question.asked", "1")]).must(422).text();
        assert!(refused.contains("href=\"#url\"") && refused.contains("value=\"Chat bot\""), "{refused}");
        assert!(refused.contains("name=\"question.asked\" value=\"1\" checked"), "{refused}");
        let made = planner.post(PLACE, &[("name", "Chat bot"), ("url", &receiver.url), ("question.asked", "1")]).must(200).text();
        let first = secret(&made);
        assert!(first.starts_with("whsec_"), "{first}");
        let page = planner.page(PLACE);
        assert!(page.contains("Chat bot") && page.contains("A question was asked") && !page.contains("whsec_"), "{page}");
        let one = page.split(&format!("href=\"{PLACE}/")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let one = format!("{PLACE}/{one}");
        assert!(planner.page(&one).contains("Nothing yet."));
        receiver.answer(500, "", "<b>no</b>");
        planner.done(&format!("{one}/test"), &[]);
        let page = eventually("the test", || Some(planner.page(&one)).filter(|page| page.contains("Given up")));
        assert!(page.contains("Answered 500") && page.contains("tried once") && page.contains("&#60;b&#62;no"), "{page}");
        planner.done(form(&page, &format!("{one}/deliveries/")), &[]);
        let page = eventually("once more", || Some(planner.page(&one)).filter(|page| page.contains("Delivered")));
        assert!(page.contains("answered 204") && !page.contains("whsec_"), "{page}");
        assert!(receiver.heard().iter().all(|heard| heard.is_signed_with(&first)));
        let rotated = planner.post(&format!("{one}/secret"), &[]).must(200).text();
        assert!(rotated.contains("still signed with until") && secret(&rotated) != first, "{rotated}");
        let page = planner.done(&one, &[("name", "Board"), ("url", &receiver.url)]);
        assert!(page.contains("<h1>Board") && page.contains("everything"), "{page}");
        let page = planner.done(&format!("{one}/switch"), &[]);
        assert!(page.contains(">Off<") && page.contains("Switch it on") && !page.contains("Send a test"), "{page}");
        assert!(planner.post(&format!("{one}/test"), &[]).must(409).text().contains("There is a problem"));
        assert!(planner.done(&format!("{one}/switch"), &[("on", "1")]).contains(">On<"));
        assert!(planner.done(&format!("{one}/remove"), &[]).contains("There are none yet."));
    }

    fn the_log_names_the_question(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let receiver = Receiver::open();
        planner.post(PLACE, &[("name", "Bot"), ("url", &receiver.url)]).must(200);
        scene.on_etl();
        receiver.wait(2);
        let page = planner.page(PLACE);
        let one = page.split(&format!("href=\"{PLACE}/")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let page = planner.korean().page(&format!("{PLACE}/{one}"));
        assert!(page.contains("/h/h1/questions/1") && page.contains("질문이 올라옴") && page.contains("전달됨"), "{page}");
    }
}
