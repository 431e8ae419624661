// bookmark, tag, note: what the reader keeps of records, alone. Never sent.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/model/list.h"
#include "client/model/own_pages.h"
#include "client/model/search_model.h"
#include "client/model/text_page.h"
#include "storage/search/analysis/fold.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/own_json.h"
#include "tools/ctl/record_json.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;
using Change = std::function<void(v1::PrivateRecord&)>;

// The record that a person means: one that is here, or one that is gone and of which something is kept.
StatusOr<RecordLabel> LabelOf(const Workstation& station, const std::string& id) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  const StatusOr<Found> found = FindRecord(*read, id);
  if (found.ok()) {
    DAFTAR_ASSIGN_OR_RETURN(const ListRow row, BuildRow(*read, found->record));
    return RecordLabel{found->id, found->record.kind(), row.title, row.display_id};
  }
  if (found.status().code() != StatusCode::kNotFound) return found.status();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PrivateRecord> kept, station.mine().Records());
  for (const v1::PrivateRecord& record : kept) {
    const std::optional<Uuid> uuid = Uuid::FromBytes(record.record());
    if (uuid && (record.display_id() == id || uuid->ToString() == id))
      return RecordLabel{*uuid, record.kind(), record.title(), record.display_id()};
  }
  return found.status();
}

std::string Line(const v1::PrivateRecord& record) {
  return record.title() + (record.display_id().empty() ? "" : "  [" + record.display_id() + "]");
}

// Does the same to each of the records.
Reply ChangeEach(Workstation& station, std::string_view verb, const std::vector<std::string>& ids,
                 const std::string& done, const Change& change) {
  Reply reply = Reply::Answer(verb);
  reply.json["records"] = Json::array();
  for (const std::string& id : ids) {
    DAFTAR_ASSIGN_OR_RETURN(const RecordLabel label, LabelOf(station, id));
    StatusOr<v1::PrivateRecord> kept = station.mine().Change(label, station.clock().NowMs(), change);
    if (kept.status().code() == StatusCode::kInvalidArgument)
      return Reply::Error(ExitCode::kInvalidData, Message(kept.status()));
    if (!kept.ok()) return kept.status();
    reply.json["records"].push_back(OwnRecordJson(*kept));
    reply.text += Line(*kept) + ": " + done + "\n";
  }
  return reply;
}

// Those of which `wanted` holds, and what `told` says of each.
Reply ListKept(Workstation& station, std::string_view verb, const std::string& nothing,
               const std::function<bool(const v1::PrivateRecord&)>& wanted,
               const std::function<std::string(const v1::PrivateRecord&)>& told) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::PrivateRecord> kept, station.mine().Records());
  std::erase_if(kept, [&wanted](const v1::PrivateRecord& record) { return !wanted(record); });
  std::stable_sort(kept.begin(), kept.end(),
                   [](const auto& a, const auto& b) { return a.changed_ms() > b.changed_ms(); });
  Reply reply = Reply::Answer(verb);
  reply.json["total"] = kept.size();
  reply.json["records"] = Json::array();
  for (const v1::PrivateRecord& record : kept) {
    reply.json["records"].push_back(OwnRecordJson(record));
    reply.text += Line(record) + told(record) + "\n";
  }
  if (kept.empty()) reply.text = nothing + "\n";
  return reply;
}

std::string TagsOf(const v1::PrivateRecord& record) {
  std::string text;
  for (const std::string& tag : record.tag()) text += (text.empty() ? ": " : ", ") + tag;
  return text;
}

std::string Indented(const std::string& note) {
  std::string text = "\n  ";
  for (const char c : note) text += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return text;
}

Reply ShowNote(Workstation& station, const std::string& id) {
  DAFTAR_ASSIGN_OR_RETURN(const RecordLabel label, LabelOf(station, id));
  DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateRecord kept, station.mine().Of(label.id));
  Reply reply = Reply::Answer("note_show");
  reply.json["record"] = IsEmpty(kept) ? Json() : OwnRecordJson(kept);
  reply.code = kept.note().empty() ? ExitCode::kNotFound : ExitCode::kOk;
  reply.text = kept.note().empty() ? label.title + ": there is no note\n" : kept.note() + "\n";
  return reply;
}

Reply SearchNotes(const Context& context, Workstation& station, const std::vector<std::string>& words) {
  std::string query;
  for (const std::string& word : words) {
    for (const std::string& folded : search::FoldedWords(word)) query += (query.empty() ? "" : " ") + folded;
  }
  if (query.empty()) return Reply::Error(ExitCode::kUsage, "say which words the notes hold");
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  SearchOptions options;
  options.limit = kMostOwnRows;
  options.mine = &station.mine();
  DAFTAR_ASSIGN_OR_RETURN(const SearchPage page, BuildSearch(*read, "note:\"" + query + "\"", options));
  Reply reply = Reply::Answer("note_search");
  reply.code = page.total == 0 ? ExitCode::kNotFound : ExitCode::kOk;
  reply.json["query"] = page.query;
  reply.json["total"] = page.total;
  DAFTAR_ASSIGN_OR_RETURN(reply.json["hits"], RowsJson(*read, page.rows));
  reply.text = SearchAsText(page, {.width = context.width});
  return reply;
}

// Runs the command in the workstation.
template <typename Command>
std::function<Reply()> In(const Context& context, Command command) {
  return [&context, command] {
    return WithWorkstation(context, [&](Workstation& station) { return Reply(command(station)); });
  };
}

struct Wish {
  std::vector<std::string> ids, words;
  std::string id, text;
};

constexpr const char* kIdHelp = "A UUID or the beginning of one, sample:I01, or I01";

}  // namespace

void AddBookmarkCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "bookmark", "Records that you keep at hand; never sent",
                           "  daftarctl bookmark add sample:I01\n"
                           "  daftarctl bookmark list --json");
  for (const bool add : {true, false}) {
    const auto wish = std::make_shared<Wish>();
    const std::string name = add ? "add" : "remove";
    CLI::App& each = AddVerb(verb, name, add ? "Bookmark records" : "Remove the bookmarks of records",
                             "  daftarctl bookmark " + name + " sample:I01\n" + "  daftarctl bookmark " + name +
                                 " sample:I01 sample:JA --json");
    each.add_option("id", wish->ids, kIdHelp)->required()->type_name("ID");
    each.callback([&context, wish, add] {
      context.action = In(context, [wish, add](Workstation& station) {
        return ChangeEach(station, add ? "bookmark_add" : "bookmark_remove", wish->ids,
                          add ? "bookmarked" : "no bookmark", [add](auto& record) { record.set_pinned(add); });
      });
    });
  }
  CLI::App& list = AddVerb(verb, "list", "All of them", "  daftarctl bookmark list\n  daftarctl bookmark list --json");
  list.callback([&context] {
    context.action = In(context, [](Workstation& station) {
      return ListKept(
          station, "bookmark_list", "no bookmarks", [](const auto& record) { return record.pinned(); },
          [](const auto&) { return std::string(); });
    });
  });
}

void AddTagCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "tag", "Words of your own for records; never sent",
                           "  daftarctl tag add sample:I01 to-check\n"
                           "  daftarctl search tag:to-check");
  for (const bool add : {true, false}) {
    const auto wish = std::make_shared<Wish>();
    const std::string name = add ? "add" : "remove";
    CLI::App& each = AddVerb(verb, name, add ? "Give a record tags" : "Take tags away from a record",
                             "  daftarctl tag " + name + " sample:I01 to-check\n" + "  daftarctl tag " + name +
                                 " sample:I01 to-check \"for Amina\"");
    each.add_option("id", wish->id, kIdHelp)->required()->type_name("ID");
    each.add_option("tag", wish->words, "The tags")->required()->type_name("TAG");
    each.callback([&context, wish, add] {
      context.action = In(context, [wish, add](Workstation& station) {
        return ChangeEach(station, add ? "tag_add" : "tag_remove", {wish->id}, add ? "tagged" : "tags taken away",
                          [wish, add](auto& record) {
                            for (const std::string& tag : wish->words)
                              add ? AddTag(record, tag) : RemoveTag(record, tag);
                          });
      });
    });
  }
  CLI::App& list = AddVerb(verb, "list", "All records that have some, and which",
                           "  daftarctl tag list\n  daftarctl tag list --json");
  list.callback([&context] {
    context.action = In(context, [](Workstation& station) {
      return ListKept(
          station, "tag_list", "no tags", [](const auto& record) { return record.tag_size() > 0; }, TagsOf);
    });
  });
}

void AddNoteCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "note", "Notes of your own on records; never sent",
                           "  daftarctl note set sample:I01 \"ask Amina about the date\"\n"
                           "  daftarctl note search date");
  const auto set = std::make_shared<Wish>();
  CLI::App& write = AddVerb(verb, "set", "Write the note on a record, in the place of the one that is there",
                            "  daftarctl note set sample:I01 \"ask Amina about the date\"\n"
                            "  daftarctl note set sample:I01 @note.txt");
  write.add_option("id", set->id, kIdHelp)->required()->type_name("ID");
  write.add_option("text", set->text, "The note; @FILE for that of a file, - for standard input, empty for none")
      ->required()
      ->type_name("TEXT");
  write.callback([&context, set] {
    context.action = In(context, [set](Workstation& station) -> Reply {
      DAFTAR_ASSIGN_OR_RETURN(const std::string text, ReadValue(set->text));
      return ChangeEach(station, "note_set", {set->id}, text.empty() ? "no note" : "noted",
                        [&text](auto& record) { record.set_note(text); });
    });
  });
  const auto show = std::make_shared<Wish>();
  CLI::App& read = AddVerb(verb, "show", "The note on a record",
                           "  daftarctl note show sample:I01\n  daftarctl note show sample:I01 --json");
  read.add_option("id", show->id, kIdHelp)->required()->type_name("ID");
  read.callback([&context, show] {
    context.action = In(context, [show](Workstation& station) { return ShowNote(station, show->id); });
  });
  CLI::App& list = AddVerb(verb, "list", "All of them, the latest changed first",
                           "  daftarctl note list\n  daftarctl note list --json");
  list.callback([&context] {
    context.action = In(context, [](Workstation& station) {
      return ListKept(
          station, "note_list", "no notes", [](const auto& record) { return !record.note().empty(); },
          [](const auto& record) { return Indented(record.note()); });
    });
  });
  const auto sought = std::make_shared<Wish>();
  CLI::App& find = AddVerb(verb, "search", "Records in whose notes all these words stand, side by side or not",
                           "  daftarctl note search date\n  daftarctl note search Amina date --json");
  find.add_option("word", sought->words, "The words")->required()->type_name("WORD");
  find.callback([&context, sought] {
    context.action =
        In(context, [&context, sought](Workstation& station) { return SearchNotes(context, station, sought->words); });
  });
}

}  // namespace daftar::ctl
