// search, list: many records, a row each.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/model/list.h"
#include "client/model/search_model.h"
#include "client/model/text_page.h"
#include "storage/model/kind.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/record_json.h"

namespace daftar::ctl {
namespace {

struct SearchWish {
  std::vector<std::string> words;
  size_t limit = 20;
  std::string kind;
};

struct ListWish {
  std::string kind;
  std::string as_of;
  size_t limit = 200;
  bool retired = false;
};

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Reply Search(const Context& context, Workstation& station, const SearchWish& wish) {
  if (!wish.kind.empty() && !KindFromWord(wish.kind)) return UnknownKind(wish.kind);
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const SearchPage page,
                          BuildSearch(*read, Joined(wish.words), {.limit = wish.limit, .kind = wish.kind}));
  Reply reply = Reply::Answer("search");
  reply.code = page.total == 0 ? ExitCode::kNotFound : ExitCode::kOk;
  reply.json["query"] = page.query;
  reply.json["total"] = page.total;
  DAFTAR_ASSIGN_OR_RETURN(reply.json["hits"], RowsJson(*read, page.rows));
  reply.text = SearchAsText(page, {.width = context.width});
  return reply;
}

// How many records of a kind there are when a list without a day was cut by its limit.
StatusOr<uint64_t> TotalOf(const ReadView& read, const List& list, const ListWish& wish) {
  const std::optional<Kind> kind = KindFromWord(list.kind);
  if (!list.more || !wish.as_of.empty() || !kind) return list.rows.size();
  DAFTAR_ASSIGN_OR_RETURN(const auto counts, read.CountByKind());
  const auto count = counts.find(*kind);
  return count == counts.end() ? list.rows.size() : count->second;
}

Reply ListKind(const Context& context, Workstation& station, const ListWish& wish) {
  if (!KindFromWord(wish.kind)) return UnknownKind(wish.kind);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<int32_t> as_of, ReadDay(wish.as_of));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  ListOptions options;
  options.as_of = as_of;
  options.limit = wish.limit;
  options.with_retired = wish.retired;
  DAFTAR_ASSIGN_OR_RETURN(const List list, BuildList(*read, wish.kind, options));
  Reply reply = Reply::Answer("list");
  reply.json["kind"] = list.kind;
  reply.json["as_of"] = wish.as_of.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(wish.as_of);
  DAFTAR_ASSIGN_OR_RETURN(reply.json["total"], TotalOf(*read, list, wish));
  reply.json["more"] = list.more;
  DAFTAR_ASSIGN_OR_RETURN(reply.json["hits"], RowsJson(*read, list.rows));
  reply.text = ListAsText(list, {.width = context.width});
  return reply;
}

void AddSearch(CLI::App& app, Context& context) {
  auto wish = std::make_shared<SearchWish>();
  CLI::App& verb = AddVerb(app, "search", "Find records by words, in any script and spelling (exit 3: nothing found)",
                           "  daftarctl search Ансоруллоҳ\n"
                           "  daftarctl search clash Darvoz --kind incident --limit 5");
  verb.add_option("words", wish->words, "What to look for; the last word may be a beginning")
      ->required()
      ->type_name("WORDS");
  verb.add_option("--limit", wish->limit, "At most so many; default 20")->type_name("N");
  verb.add_option("--kind", wish->kind, "Only this kind: incident, actor, place, source, relation, alert_period")
      ->type_name("KIND");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Search(context, station, *wish); });
    };
  });
}

void AddList(CLI::App& app, Context& context) {
  auto wish = std::make_shared<ListWish>();
  CLI::App& verb = AddVerb(app, "list", "All records of a kind, newest first; as of a day: what held then",
                           "  daftarctl list incidents --limit 20\n"
                           "  daftarctl list relations --as-of 2020-12-31");
  verb.add_option("kind", wish->kind, "incident, actor, place, source, relation or alert_period")
      ->required()
      ->type_name("KIND");
  verb.add_option("--as-of", wish->as_of, "The day, such as 2024-10-02")->type_name("DATE");
  verb.add_option("--limit", wish->limit, "At most so many; default 200")->type_name("N");
  verb.add_flag("--retired", wish->retired, "Retired records too");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return ListKind(context, station, *wish); });
    };
  });
}

}  // namespace

void AddSearchCommands(CLI::App& app, Context& context) {
  AddSearch(app, context);
  AddList(app, context);
}

}  // namespace daftar::ctl
