// saved: searches that the reader comes back to, with what is new in each since it was last looked at. Never sent.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "client/model/address.h"
#include "client/model/own_change.h"
#include "client/model/own_pages.h"
#include "client/model/search_model.h"
#include "client/model/text_page.h"
#include "client/model/visits.h"
#include "storage/search/query/query.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/own_json.h"
#include "tools/ctl/record_json.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;
using What = OwnChange::What;

constexpr int64_t kMsPerDay = 86'400'000;

struct AddWish {
  std::vector<std::string> words;
  std::string name, kind, sort;
};
struct RunWish {
  uint64_t number = 0;
  size_t limit = 20;
  bool fresh = false, peek = false;
};

Json LineJson(const SavedLine& line, const v1::SavedSearch& search) {
  return {{"number", line.number},
          {"name", line.name},
          {"query", search.query()},
          {"kind", search.kind().empty() ? Json() : Json(search.kind())},
          {"sort", search.sort().empty() ? Json() : Json(search.sort())},
          {"on_home", line.pinned},
          {"total", line.counted ? Json(line.total) : Json()},
          {"new", line.counted ? Json(line.fresh) : Json()},
          {"looked_revision", search.looked().revision()},
          {"words", line.counted ? Json() : Json(line.count_words)}};
}

Status Change(Workstation& station, const OwnChange& change) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  Visits visits(station.mine());
  return Keep(change, {*read, station.mine(), visits, station.clock().NowMs()});
}

Reply Add(Workstation& station, const AddWish& wish) {
  std::string query;
  for (const std::string& word : wish.words) query += (query.empty() ? "" : " ") + word;
  if (!wish.kind.empty() && !KindFromWord(wish.kind)) return UnknownKind(wish.kind);
  const auto today = static_cast<int32_t>(station.clock().NowMs() / kMsPerDay);
  if (const auto error = search::CheckQuery(query, today)) return Reply::Error(ExitCode::kUsage, error->message);
  const std::string address = SearchAddress(query, wish.kind, wish.sort);
  DAFTAR_RETURN_IF_ERROR(Change(station, {.what = What::kSaveSearch, .text = wish.name, .address = address}));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SavedSearch> all, station.mine().Searches());
  Reply reply = Reply::Answer("saved_add");
  for (const v1::SavedSearch& search : all) {
    if (IsSameSearch(search, SavedOf(query, wish.kind, wish.sort))) reply.json["number"] = search.number();
  }
  reply.json["query"] = query;
  reply.text = "saved as " + reply.json["number"].dump() + "; see: daftarctl saved list\n";
  return reply;
}

Reply List(const Context& context, Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SavedSearch> searches, station.mine().Searches());
  const OwnSource source{.view = *read, .store = station.mine(), .now_ms = station.clock().NowMs()};
  Reply reply = Reply::Answer("saved_list");
  reply.json["total"] = searches.size();
  reply.json["searches"] = Json::array();
  SavedPage page;
  for (const v1::SavedSearch& search : searches) {
    DAFTAR_ASSIGN_OR_RETURN(SavedLine line, BuildSavedLine(source, search.number()));
    reply.json["searches"].push_back(LineJson(line, search));
    page.lines.push_back(std::move(line));
  }
  reply.text = page.lines.empty() ? "no saved searches\n" : SavedAsText(page, {.width = context.width});
  return reply;
}

Reply Run(const Context& context, Workstation& station, const RunWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  const OwnSource source{.view = *read, .store = station.mine(), .now_ms = station.clock().NowMs()};
  DAFTAR_ASSIGN_OR_RETURN(const SavedLine line, BuildSavedLine(source, wish.number));
  const Address address = ParseAddress(wish.fresh && line.fresh > 0 ? line.fresh_address : line.address).value();
  SearchOptions options;
  options.limit = wish.limit;
  options.kind = address.Param("kind");
  options.sort = address.Param("sort");
  options.mine = &station.mine();
  if (wish.fresh) {
    // Without anything new: what changed after the newest revision, which is nothing.
    DAFTAR_ASSIGN_OR_RETURN(const Moment now, MomentOf(*read, source.now_ms));
    const std::string since = line.fresh > 0 ? address.Param("since") : std::to_string(now.revision);
    DAFTAR_ASSIGN_OR_RETURN(const Since from, ReadSince(*read, since, std::nullopt));
    options.changed_since = from.revision;
  }
  DAFTAR_ASSIGN_OR_RETURN(const SearchPage page, BuildSearch(*read, address.Param("q"), options));
  if (page.problem) return Reply::Error(ExitCode::kUsage, page.problem->words);
  if (!wish.peek) DAFTAR_RETURN_IF_ERROR(Change(station, {.what = What::kLooked, .number = wish.number}));
  Reply reply = Reply::Answer("saved_run");
  reply.code = page.total == 0 ? ExitCode::kNotFound : ExitCode::kOk;
  reply.json["number"] = wish.number;
  reply.json["query"] = page.query;
  reply.json["total"] = page.total;
  reply.json["new"] = line.fresh;
  DAFTAR_ASSIGN_OR_RETURN(reply.json["hits"], RowsJson(*read, page.rows));
  reply.text = SearchAsText(page, {.width = context.width});
  return reply;
}

Reply Remove(Workstation& station, uint64_t number) {
  DAFTAR_RETURN_IF_ERROR(station.mine().RemoveSearch(number));
  Reply reply = Reply::Answer("saved_remove");
  reply.json["number"] = number;
  reply.text = "removed\n";
  return reply;
}

void AddAdd(CLI::App& verb, Context& context) {
  const auto wish = std::make_shared<AddWish>();
  CLI::App& add = AddVerb(verb, "add", "Save a search, and count what is new in it from now on",
                          "  daftarctl saved add 'clash darvoz killed:>=3' --sort newest\n"
                          "  daftarctl saved add Ansarullah --name \"the group\"");
  add.add_option("query", wish->words, "As in search")->required()->type_name("QUERY");
  add.add_option("--name", wish->name, "What you call it")->type_name("TEXT");
  add.add_option("--kind", wish->kind, "Only records of this kind")->type_name("KIND");
  add.add_option("--sort", wish->sort, "Order of the hits")
      ->check(CLI::IsMember({"relevance", "newest", "oldest", "severity"}))
      ->type_name("ORDER");
  add.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Add(station, *wish); });
    };
  });
}

void AddRun(CLI::App& verb, Context& context) {
  const auto wish = std::make_shared<RunWish>();
  CLI::App& run = AddVerb(verb, "run", "What one of them finds; it has been looked at then",
                          "  daftarctl saved run 1\n"
                          "  daftarctl saved run 1 --new --peek --json");
  run.add_option("number", wish->number, "Its number, as saved list has it")->required()->type_name("NUMBER");
  run.add_flag("--new", wish->fresh, "Only what is new or changed since it was last looked at");
  run.add_flag("--peek", wish->peek, "It still counts as not looked at");
  run.add_option("--limit", wish->limit, "Hits to show")->type_name("N")->capture_default_str();
  run.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Run(context, station, *wish); });
    };
  });
}

}  // namespace

void AddSavedCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "saved", "Searches that you come back to, and what is new in them; never sent",
                           "  daftarctl saved add 'clash darvoz' --sort newest\n"
                           "  daftarctl saved list");
  AddAdd(verb, context);
  CLI::App& list = AddVerb(verb, "list", "All of them, with what they find and what is new",
                           "  daftarctl saved list\n  daftarctl saved list --json");
  list.callback([&context] {
    context.action = [&context] {
      return WithWorkstation(context, [&](Workstation& station) { return List(context, station); });
    };
  });
  AddRun(verb, context);
  const auto number = std::make_shared<uint64_t>(0);
  CLI::App& remove =
      AddVerb(verb, "remove", "Forget one of them", "  daftarctl saved remove 1\n  daftarctl saved remove 1 --json");
  remove.add_option("number", *number, "Its number, as saved list has it")->required()->type_name("NUMBER");
  remove.callback([&context, number] {
    context.action = [&context, number] {
      return WithWorkstation(context, [&](Workstation& station) { return Remove(station, *number); });
    };
  });
}

}  // namespace daftar::ctl
