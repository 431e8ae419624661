#include "client/model/content.h"

#include <absl/strings/numbers.h>

#include <optional>
#include <utility>

#include "client/language/say.h"
#include "client/model/own_part.h"
#include "storage/model/date.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

StatusOr<Content> ContentOf(auto result) {
  DAFTAR_RETURN_IF_ERROR(result.status());
  return Content(*std::move(result));
}

StatusOr<Content> SearchContent(const ContentSource& source, const Address& address) {
  SearchOptions options;
  options.limit = source.hits;
  options.kind = address.Param("kind");
  options.sort = address.Param("sort");
  options.facets = true;
  options.stop = source.stop;
  if (address.Param("wait").empty()) {
    options.clock = source.clock;
    options.patience_ms = source.patience_ms;
  }
  options.mine = source.mine;
  if (const std::string since = address.Param("since"); !since.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(const Since from, ReadSince(source.view, since, source.last_seen));
    options.changed_since = from.revision;
  }
  return ContentOf(BuildSearch(source.view, address.Param("q"), options));
}

StatusOr<Content> ListContent(const ContentSource& source, const Address& address, std::optional<int32_t> as_of) {
  ListOptions options;
  options.as_of = as_of;
  if (const std::string first = address.Param("first"); !first.empty()) {
    if (!absl::SimpleAtoi(first, &options.first)) return InvalidArgument("first=" + first + " is no number of a row");
  }
  return ContentOf(BuildList(source.view, address.id, options));
}

StatusOr<Content> RecordContent(const ContentSource& source, const Address& address, std::optional<int32_t> as_of) {
  PageOptions options;
  options.as_of = as_of;
  DAFTAR_ASSIGN_OR_RETURN(Page page, BuildPage(source.view, address.id, options));
  if (source.mine != nullptr) {
    DAFTAR_ASSIGN_OR_RETURN(page.own, ReadOwnPart(*source.mine, page.id));
  }
  return Content(std::move(page));
}

OwnSource OwnSourceOf(const ContentSource& source) {
  return {source.view, *source.mine, source.now_ms, source.last_seen, source.stop, source.clock};
}

StatusOr<Content> HomeContent(const ContentSource& source) {
  DAFTAR_ASSIGN_OR_RETURN(Home home, BuildHome(source.view, source.now_ms));
  if (source.mine != nullptr) {
    DAFTAR_ASSIGN_OR_RETURN(home.own, BuildOwnHome(OwnSourceOf(source)));
  }
  return Content(std::move(home));
}

StatusOr<Content> ChangesContent(const ContentSource& source, const Address& address) {
  DAFTAR_ASSIGN_OR_RETURN(const Since since, ReadSince(source.view, address.Param("since"), source.last_seen));
  ChangesOptions options;
  options.kind = address.Param("kind");
  return ContentOf(BuildChanges(source.view, since, options));
}

}  // namespace

StatusOr<Content> BuildContent(const ContentSource& source, const Address& address) {
  std::optional<int32_t> as_of;
  if (const std::string day = address.Param("as_of"); !day.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(as_of, ParseIsoDay(day));
  }
  if (address.word == "home") return HomeContent(source);
  if (address.word == "changes") return ChangesContent(source, address);
  if (address.word == "mine" && source.mine != nullptr) return ContentOf(BuildMine(OwnSourceOf(source)));
  if (address.word == "saved" && source.mine != nullptr) return ContentOf(BuildSaved(OwnSourceOf(source)));
  if (address.word == "keys") return Content(BuildKeys());
  if (address.word == "list") return ListContent(source, address, as_of);
  if (address.word == "search") return SearchContent(source, address);
  if (address.word == "timeline") return ContentOf(BuildTimeline(source.view, address, {.stop = source.stop, .mine = source.mine}));
  if (address.id.empty()) return NotFound("there is no page " + address.ToString());
  return RecordContent(source, address, as_of);
}

namespace {

std::string Title(const Waiting&) { return ""; }
std::string Title(const Trouble&) { return ""; }
std::string Title(const Home&) { return "Home"; }
std::string Title(const KeysPage&) { return "Keys and marks"; }
std::string Title(const ChangesPage&) { return Say("changes.title"); }
std::string Title(const MinePage&) { return Say("own.mine"); }
std::string Title(const SavedPage&) { return Say("saved.title"); }
std::string Title(const List& list) { return list.title; }
std::string Title(const Page& page) { return page.title; }
std::string Title(const SearchPage& search) { return search.query.empty() ? "Search" : "Search: " + search.query; }

std::string Title(const Timeline& timeline) {
  return timeline.query.empty() ? Say("timeline.title") : Say("timeline.of", {{"query", timeline.query}});
}

std::string Text(const Waiting&, const TextOptions&) { return ""; }
std::string Text(const Trouble& trouble, const TextOptions&) { return "This page cannot be shown: " + trouble.words; }
std::string Text(const Home& home, const TextOptions& options) { return HomeAsText(home, options); }
std::string Text(const List& list, const TextOptions& options) { return ListAsText(list, options); }
std::string Text(const Page& page, const TextOptions& options) { return PageAsText(page, options); }
std::string Text(const SearchPage& search, const TextOptions& options) { return SearchAsText(search, options); }
std::string Text(const ChangesPage& page, const TextOptions& options) { return ChangesAsText(page, options); }
std::string Text(const MinePage& page, const TextOptions& options) { return MineAsText(page, options); }
std::string Text(const SavedPage& page, const TextOptions& options) { return SavedAsText(page, options); }
std::string Text(const Timeline& timeline, const TextOptions& options) { return TimelineAsText(timeline, options); }
std::string Text(const KeysPage& page, const TextOptions&) { return KeysAsText(page); }

}  // namespace

std::string TitleOf(const Content& content) {
  return std::visit([](const auto& page) { return Title(page); }, content);
}

std::string ContentAsText(const Content& content, const TextOptions& options) {
  return std::visit([&](const auto& page) { return Text(page, options); }, content);
}

}  // namespace daftar
