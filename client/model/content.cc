#include "client/model/content.h"

#include <absl/strings/numbers.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "client/language/say.h"
#include "client/model/own_part.h"
#include "client/sync/private_store.h"
#include "client/sync/workstation.h"
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
  options.facets = address.Param("facets") != "no";
  options.stop = source.stop;
  if (const std::string hits = address.Param("hits"); !hits.empty()) {
    if (!absl::SimpleAtoi(hits, &options.limit)) return InvalidArgument("hits=" + hits + " is no number of hits");
    options.limit = std::clamp(options.limit, source.hits, std::max(source.hits, kMostHits));
  }
  if (address.Param("wait").empty()) {
    options.clock = source.clock;
    options.patience_ms = source.patience_ms;
  }
  options.mine = source.mine;
  if (const std::string since = address.Param("since"); !since.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(const Since from, ReadSince(source.view, since, source.last_seen));
    options.changed_since = from.revision;
  }
  DAFTAR_ASSIGN_OR_RETURN(SearchPage page, BuildSearch(source.view, address.Param("q"), options));
  page.uncounted = !options.facets;
  return Content(std::move(page));
}

StatusOr<Content> ListContent(const ContentSource& source, const Address& address, std::optional<int32_t> as_of) {
  ListOptions options;
  options.as_of = as_of;
  if (const std::string first = address.Param("first"); !first.empty()) {
    if (!absl::SimpleAtoi(first, &options.first)) return InvalidArgument("first=" + first + " is no number of a row");
  }
  return ContentOf(BuildList(source.view, address.id, options));
}

// A record that is not here any longer, of which the reader keeps something: that.
StatusOr<std::optional<Page>> GonePage(const PrivateStore& store, const std::string& text) {
  const std::optional<Uuid> id = Uuid::Parse(text);
  if (!id) return std::optional<Page>();
  DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateRecord kept, store.Of(*id));
  if (IsEmpty(kept)) return std::optional<Page>();
  Page page;
  page.id = id->ToString();
  page.kind = KindWord(kept.kind());
  page.address = RecordAddress(page.kind, page.id);
  page.title = kept.title();
  page.display_id = kept.display_id();
  page.retired = true;
  page.retirement = Say("own.gone");
  DAFTAR_ASSIGN_OR_RETURN(page.own, ReadOwnPart(store, page.id));
  return std::optional<Page>(std::move(page));
}

StatusOr<Content> MapContent(const ContentSource& source, const Address& address) {
  MapOptions options;
  options.rows = source.hits;
  options.stop = source.stop;
  return ContentOf(BuildMap(source.view, address, options));
}

StatusOr<Content> RecordContent(const ContentSource& source, const Address& address, std::optional<int32_t> as_of) {
  PageOptions options;
  options.as_of = as_of;
  options.stop = source.stop;
  if (source.station != nullptr) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, source.station->SyncState());
    options.reader = status.author();
  }
  StatusOr<Page> built = BuildPage(source.view, address.id, options);
  if (built.status().code() == StatusCode::kNotFound && source.mine != nullptr) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Page> gone, GonePage(*source.mine, address.id));
    if (gone) return Content(*gone);
  }
  DAFTAR_ASSIGN_OR_RETURN(Page page, std::move(built));
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

StatusOr<Content> HistoryContent(const ContentSource& source, const Address& address) {
  RecordHistoryOptions options;
  for (const auto& [param, side] : {std::pair("a", &options.a), std::pair("b", &options.b)}) {
    const std::string revision = address.Param(param);
    if (!revision.empty() && !absl::SimpleAtoi(revision, side))
      return InvalidArgument(std::string(param) + "=" + revision + " is no revision");
  }
  return ContentOf(BuildRecordHistory(source.view, address.id, source.station, options));
}

StatusOr<Content> GraphContent(const ContentSource& source, const Address& address) {
  DAFTAR_ASSIGN_OR_RETURN(const GraphOptions options, ReadGraphOptions(address.params));
  return ContentOf(BuildGraph(source.view, address.id, options));
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
  if (address.word == "guide") return Content(BuildGuide(source.view));
  // The window, which knows how it is set, makes this page itself.
  if (address.word == "settings") return Content(BuildSettings(nullptr));
  if (address.word == "sync" && source.station != nullptr)
    return ContentOf(ReadSyncPage(*source.station, source.view, source.now_ms));
  if (address.word == "work" && source.station != nullptr) return ContentOf(ReadWorkPage(*source.station, source.view));
  if (address.word == "form" && source.station != nullptr) return ContentOf(BuildFormPage(*source.station, address.id));
  if (address.word == "list") return ListContent(source, address, as_of);
  if (address.word == "map") return MapContent(source, address);
  if (address.word == "search") return SearchContent(source, address);
  if (address.word == "timeline")
    return ContentOf(BuildTimeline(source.view, address, {.stop = source.stop, .mine = source.mine}));
  if (address.word == "history" && !address.id.empty()) return HistoryContent(source, address);
  if (address.word == "graph" && !address.id.empty()) return GraphContent(source, address);
  if (address.id.empty()) return NotFound(Say("page.no_page", {{"address", address.ToString()}}));
  return RecordContent(source, address, as_of);
}

namespace {

std::string Title(const Waiting&) { return ""; }
std::string Title(const Trouble&) { return ""; }
std::string Title(const Home&) { return Say("home.title"); }
std::string Title(const KeysPage&) { return Say("keys.title"); }
std::string Title(const ChangesPage&) { return Say("changes.title"); }
std::string Title(const RecordHistory& page) { return Say("history.page_title", {{"name", page.title}}); }
std::string Title(const MinePage&) { return Say("own.mine"); }
std::string Title(const SavedPage&) { return Say("saved.title"); }
std::string Title(const MapPage& map) {
  return map.query.empty() ? Say("map.title") : Say("map.title_of", {{"query", map.query}});
}
std::string Title(const Graph& graph) { return Say("graph.title", {{"name", graph.title}}); }
std::string Title(const GuidePage& page) { return page.title; }
std::string Title(const SettingsPage&) { return Say("settings.title"); }
std::string Title(const SyncPage&) { return Say("sync_page.title"); }
std::string Title(const WorkPage&) { return Say("work.title"); }
std::string Title(const FormPage& page) { return Say("form.title", {{"name", page.title}}); }
std::string Title(const List& list) { return list.title; }
std::string Title(const Page& page) { return page.title; }
std::string Title(const SearchPage& search) {
  return search.query.empty() ? Say("search.title") : Say("search.title_of", {{"query", search.query}});
}

std::string Title(const Timeline& timeline) {
  return timeline.query.empty() ? Say("timeline.title") : Say("timeline.of", {{"query", timeline.query}});
}

std::string Text(const Waiting&, const TextOptions&) { return ""; }
std::string Text(const Trouble& trouble, const TextOptions&) {
  return Say("page.cannot_show", {{"words", trouble.words}});
}
std::string Text(const Home& home, const TextOptions& options) { return HomeAsText(home, options); }
std::string Text(const List& list, const TextOptions& options) { return ListAsText(list, options); }
std::string Text(const Page& page, const TextOptions& options) { return PageAsText(page, options); }
std::string Text(const SearchPage& search, const TextOptions& options) { return SearchAsText(search, options); }
std::string Text(const ChangesPage& page, const TextOptions& options) { return ChangesAsText(page, options); }
std::string Text(const RecordHistory& page, const TextOptions& options) { return RecordHistoryAsText(page, options); }
std::string Text(const MinePage& page, const TextOptions& options) { return MineAsText(page, options); }
std::string Text(const SavedPage& page, const TextOptions& options) { return SavedAsText(page, options); }
std::string Text(const MapPage& map, const TextOptions& options) { return MapAsText(map, options); }
std::string Text(const Graph& graph, const TextOptions& options) { return GraphAsText(graph, options); }
std::string Text(const Timeline& timeline, const TextOptions& options) { return TimelineAsText(timeline, options); }
std::string Text(const KeysPage& page, const TextOptions&) { return KeysAsText(page); }
std::string Text(const GuidePage& page, const TextOptions& options) { return GuideAsText(page, options.width); }
std::string Text(const SettingsPage& page, const TextOptions&) { return SettingsAsText(page); }
std::string Text(const WorkPage& page, const TextOptions&) { return WorkPageAsText(page); }
// The window puts what is typed below it.
std::string Text(const FormPage& page, const TextOptions&) { return Title(page) + "\n\n"; }
std::string Text(const SyncPage& page, const TextOptions&) { return SyncPageAsText(page); }

}  // namespace

std::string TitleOf(const Content& content) {
  return std::visit([](const auto& page) { return Title(page); }, content);
}

std::string HistoryTurn(const Content& content) {
  if (const Page* page = std::get_if<Page>(&content)) return RecordHistoryAddress(page->id);
  const RecordHistory* history = std::get_if<RecordHistory>(&content);
  return history != nullptr ? history->record.address : "";
}

std::string ContentAsText(const Content& content, const TextOptions& options) {
  return std::visit([&](const auto& page) { return Text(page, options); }, content);
}

}  // namespace daftar
