// status, verify: how the replica is.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>

#include "client/model/scope_words.h"
#include "client/model/sync_state.h"
#include "client/model/text_page.h"
#include "client/sync/server_address.h"
#include "storage/base/bytes.h"
#include "storage/model/record.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/index_work.h"
#include "tools/ctl/link_words.h"
#include "tools/ctl/stores.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

// "2.4 MB: record 1.1 MB, text 0.6 MB, …": the largest tables.
std::string SizesInWords(StoreSizes sizes) {
  constexpr size_t kNamed = 3;
  std::sort(sizes.tables.begin(), sizes.tables.end(), [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
  std::string words = HumanBytes(sizes.file_bytes);
  for (size_t i = 0; i < std::min(kNamed, sizes.tables.size()); ++i) {
    words += (i == 0 ? ": " : ", ") + sizes.tables[i].name + " " + HumanBytes(sizes.tables[i].bytes);
  }
  return words;
}

// What there is to say about free pages; empty if they are few.
std::string SpaceInWords(const StoreSizes& sizes) {
  if (sizes.worth_compacting) return "; " + HumanBytes(sizes.free_bytes) + " of it hold nothing: daftarctl compact";
  if (sizes.took_compacted) return "; it was compacted before";
  return "";
}

std::string IndexInWords(const View::TextIndexState& index) {
  const std::string words = Counted(index.documents, "record") + " in " + Counted(index.segments, "segment");
  if (index.behind == 0) return words;
  return words + "; " + std::to_string(index.behind) + " not in it yet: the next search or sync goes on with them";
}

Reply ShowStatus(const Context& context, Workstation& station, const StoreSizes& sizes) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, read->Head());
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus state, station.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const SyncFacts facts, ReadSyncFacts(station));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, station.Drafts());
  DAFTAR_ASSIGN_OR_RETURN(const View::TextIndexState index, station.view().TextIndex());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, station.view().fill().State());
  const SyncPill pill = MakeSyncPill(facts);
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station.view().HeldScope());
  DAFTAR_ASSIGN_OR_RETURN(const std::string holds, ScopeWords(held, *read));

  Reply reply = Reply::Answer("status");
  auto& json = reply.json;
  json["replica"] = station.folder();
  json["epoch"] = ToHex(head.cursor().epoch());
  json["revision"] = head.cursor().revision();
  json["chain"] = ToHex(head.cursor().chain());
  json["digest"] = ToHex(head.digest());
  json["records"] = head.records();
  json["server"] = state.server();
  json["author"] = state.author();
  json["outbox"] = facts.outbox;
  json["drafts"] = drafts.size();
  json["conflicts"] = facts.conflicts;
  json["last_success"] = TimeJson(facts.last_success_ms);
  json["last_attempt"] = TimeJson(facts.last_attempt_ms);
  json["last_error"] = facts.last_error.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(facts.last_error);
  json["holds"] = holds;
  json["level"] = SyncLevelWord(pill.level);
  json["words"] = pill.words;
  FillLinkJson(state, fill, facts.now_ms, json);
  json["index"] = {{"documents", index.documents}, {"behind", index.behind}, {"segments", index.segments}};
  json["file"] = {{"bytes", sizes.file_bytes},
                  {"free_bytes", sizes.free_bytes},
                  {"worth_compacting", sizes.worth_compacting},
                  {"took_compacted", sizes.took_compacted}};
  json["tables"] = nlohmann::ordered_json::array();
  for (const lmdb::TableStats& table : sizes.tables) {
    json["tables"].push_back({{"name", table.name}, {"rows", table.entries}, {"bytes", table.bytes}});
  }

  reply.text = SyncAsText(pill, {.width = context.width}) + "replica   " + station.folder() + "\nserver    " +
               (state.server().empty() ? "none" : AddressForPeople(state.server())) + "\nauthor    " + state.author() +
               "\nrevision  " + std::to_string(head.cursor().revision()) + ", " + Counted(head.records(), "record") +
               "\nholds     " + holds + "\ndigest    " + ToHex(head.digest()) + "\n" +
               LinkText(state, fill, facts.now_ms) + "stored    " + SizesInWords(sizes) + SpaceInWords(sizes) +
               "\nindex     " + IndexInWords(index) + "\n";
  return reply;
}

std::string ShortId(const Uuid& id) { return id.is_nil() ? "(id not readable)" : id.ToString(); }

// The name of a damaged record, as far as it can still be told.
std::string TitleOf(const ReadView& read, const Uuid& id) {
  if (id.is_nil()) return "";
  const StatusOr<std::optional<Record>> record = read.Get(id);
  return record.ok() && *record ? DisplayName(**record) : "";
}

Reply Verify(const Context& context, Workstation& station, bool deep) {
  bool shown = false;
  const auto progress = [&](uint64_t done, uint64_t total) {
    if (context.progress) context.talk << "\r" << done << " of " << total << " records   " << std::flush;
    shown = context.progress;
    return true;
  };
  // Indexes come from the records: nothing needs to be fetched for them.
  StatusOr<VerifyReport> report = station.view().Mend(progress);
  StatusOr<TextIndexCheck> texts = TextIndexCheck();
  if (report.ok() && deep) texts = station.view().CheckTextIndex(context.clock, progress);
  if (texts.ok() && !texts->healthy()) DAFTAR_RETURN_IF_ERROR(station.view().RebuildIndexes(progress));
  if (shown) context.talk << "\r\033[K" << std::flush;
  if (!report.ok()) return report.status();
  if (!texts.ok()) return texts.status();
  if (!texts->healthy()) report->tables.emplace_back("text");
  const Status indexed = CatchUpIndex(context, station);
  // Beside damage that is told anyway, an index that cannot go on is only one more line.
  if (!indexed.ok() && report->healthy()) return indexed;
  const std::string compacted = indexed.ok() ? CompactIfWorth(context, station) : "";
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.view().Snapshot());

  Reply reply = Reply::Answer("verify");
  if (!compacted.empty()) reply.talk.push_back(compacted);
  reply.code = report->healthy() ? ExitCode::kOk : ExitCode::kCorrupt;
  reply.json["digest_equal"] = report->digest_holds && report->records.empty();
  reply.json["checked"] = report->checked;
  reply.json["damaged"] = nlohmann::ordered_json::array();
  reply.json["tables"] = report->tables;
  reply.text = "checked " + Counted(report->checked, "record") + "\n";
  for (const VerifyReport::Damage& damage : report->records) {
    const std::string title = TitleOf(*read, damage.id);
    reply.json["damaged"].push_back(
        {{"id", damage.id.is_nil() ? "" : damage.id.ToString()}, {"title", title}, {"what", damage.what}});
    reply.text += "damaged: " + (title.empty() ? "" : title + ", ") + ShortId(damage.id) + ": " + damage.what + "\n";
  }
  for (const std::string& table : report->tables) reply.text += "damaged index, built anew: " + table + "\n";
  for (const std::string& table : report->miscounted) reply.text += "rows vanished or appeared: table " + table + "\n";
  if (deep) reply.text += texts->InWords() + "\n";
  if (!indexed.ok()) reply.text += "the index of words waits: " + Message(indexed) + "\n";
  if (report->healthy()) {
    reply.text += "every byte is as it was written, and the records add up to the digest compared with the server\n";
  } else if (!report->records.empty()) {
    reply.text += "the next sync fetches again what is damaged, and nothing else: daftarctl sync\n";
  } else if (report->beyond_repair()) {
    reply.text += "it cannot be told what is damaged, so the replica has to be fetched anew: remove " +
                  station.folder() + "/replica and sync. Drafts and what waits for the server are safe\n";
  }
  return reply;
}

// Every table of every store counted again and every tag checked, in a child process, before the workstation is opened.
Reply VerifyDeep(const Context& context) {
  auto stores = nlohmann::ordered_json::array();
  std::string text;
  bool sound = true;
  for (const Store& store : StoresIn(context.folder())) {
    constexpr int64_t kAnHour = 3'600'000;
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ProbeReport report,
                            lmdb::Probe(store.folder, {}, {.deadline_ms = kAnHour, .deep = true}));
    if (report.verdict == lmdb::Verdict::kInUse) return Reply::Error(ExitCode::kBusy, report.words);
    if (!report.may_be_opened()) return Reply::Error(ExitCode::kCorrupt, report.words);
    sound = sound && report.verdict == lmdb::Verdict::kSound;
    stores.push_back(ProbeJson(store, report));
    text += store.name + ": " + report.words + "\n";
  }
  Reply reply = WithWorkstation(context, [&](Workstation& station) { return Verify(context, station, true); });
  if (reply.failed()) return reply;
  if (!sound) reply.code = ExitCode::kCorrupt;
  reply.json["stores"] = std::move(stores);
  reply.text = text + reply.text;
  return reply;
}

}  // namespace

void AddStateCommands(CLI::App& app, Context& context) {
  CLI::App& status = AddVerb(app, "status", "How old the data is, and what waits",
                             "  daftarctl status\n"
                             "  daftarctl status --json");
  status.callback([&context] {
    context.action = [&context] {
      // Before the workstation has its folder open.
      const StoreSizes sizes = SizesOf(StoresIn(context.folder()));
      return WithWorkstation(context, [&](Workstation& station) { return ShowStatus(context, station, sizes); });
    };
  });
  CLI::App& verify = AddVerb(app, "verify", "Read every stored byte again (exit 9: something is damaged)",
                             "  daftarctl verify\n"
                             "  daftarctl verify --deep --json");
  auto deep = std::make_shared<bool>(false);
  verify.add_flag("--deep", *deep, "Count the rows of every table as well, and check every value of all of them");
  verify.callback([&context, deep] {
    context.action = [&context, deep] {
      if (*deep) return VerifyDeep(context);
      return WithWorkstation(context, [&](Workstation& station) { return Verify(context, station, false); });
    };
  });
}

}  // namespace daftar::ctl
