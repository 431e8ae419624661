#include "client/model/guide.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/layout.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

using Paragraph = GuidePage::Paragraph;

// Words that lead somewhere, by the name of the argument that they stand for.
struct Led {
  std::string_view name;
  std::string_view words_key;
  std::string address;
};

Paragraph Plain(std::string_view key) { return {Say(key), {}}; }

// Links are found in the text in their order, which the languages have each their own.
std::vector<PageLink> InTheirOrder(const std::string& text, std::vector<PageLink> links) {
  std::sort(links.begin(), links.end(),
            [&](const PageLink& a, const PageLink& b) { return text.find(a.text) < text.find(b.text); });
  return links;
}

Paragraph Linked(std::string_view key, const Led& led) {
  PageLink link{.text = Say(led.words_key), .address = led.address};
  return {Say(key, {{led.name, link.text}}), {link}};
}

Paragraph Linked(std::string_view key, const Led& one, const Led& other) {
  std::vector<PageLink> links = {{.text = Say(one.words_key), .address = one.address},
                                 {.text = Say(other.words_key), .address = other.address}};
  std::string text = Say(key, {{one.name, links[0].text}, {other.name, links[1].text}});
  links = InTheirOrder(text, std::move(links));
  return {std::move(text), std::move(links)};
}

GuidePage::Chapter Tour() {
  return {Say("guide.tour"),
          {Plain("guide.tour_intro"),
           Linked("guide.tour_incident", {"page", "guide.words_incident", RecordAddress("incident", "sample:I01")}),
           Linked("guide.tour_actor", {"page", "guide.words_actor", SearchAddress("Ансоруллоҳ")}),
           Linked("guide.tour_list", {"page", "guide.words_list", ListAddress("incident")}),
           Linked("guide.tour_conflict", {"page", "guide.words_conflict", SearchAddress("has:conflict")})}};
}

}  // namespace

GuidePage BuildGuide(const ReadView& view) {
  GuidePage guide;
  guide.title = Say("guide.title");
  guide.chapters.push_back({Say("guide.what"), {Plain("guide.what_1"), Plain("guide.what_2")}});
  guide.chapters.push_back({Say("guide.read"),
                            {Plain("guide.read_accounts"), Plain("guide.read_shown"), Plain("guide.read_disagree"),
                             Plain("guide.read_roots")}});
  if (view.Resolve("sample:I01").ok()) guide.chapters.push_back(Tour());
  guide.chapters.push_back(
      {Say("guide.search"),
       {Plain("guide.search_1"), Linked("guide.search_2", {"page", "guide.words_search", SearchAddress("")})}});
  guide.chapters.push_back({Say("guide.marks"),
                            {Plain("guide.marks_shown"), Plain("guide.marks_differs"), Plain("guide.marks_finer"),
                             Plain("guide.marks_denied"), Plain("guide.marks_waits")}});
  guide.chapters.push_back({Say("guide.offline"),
                            {Plain("guide.offline_1"), Plain("guide.offline_2"),
                             Linked("guide.offline_3", {"page", "guide.words_sync", SyncAddress()})}});
  guide.chapters.push_back({Say("guide.keys"),
                            {Plain("guide.keys_1"), Linked("guide.keys_2", {"page", "guide.words_keys", "daftar:keys"},
                                                           {"settings", "guide.words_settings", SettingsAddress()})}});
  return guide;
}

std::string GuideAsText(const GuidePage& page, size_t width) {
  std::string text = page.title + "\n";
  for (const GuidePage::Chapter& chapter : page.chapters) {
    text += "\n" + chapter.title + "\n";
    for (const Paragraph& paragraph : chapter.paragraphs) {
      for (const std::string& line : Wrap(paragraph.text, width)) text += line + "\n";
      for (const PageLink& link : paragraph.links) text += "  " + link.text + ": " + link.address + "\n";
      text += "\n";
    }
    text.pop_back();
  }
  return text;
}

}  // namespace daftar
