#include "client/model/sync_page.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/names.h"
#include "client/model/scope_words.h"
#include "client/model/sync_state.h"
#include "client/sync/traffic.h"
#include "client/sync/workstation.h"
#include "storage/view/view.h"

namespace daftar {
namespace {

constexpr size_t kMostListed = 50;

using Class = v1::Traffic::Class;
constexpr std::array<std::pair<Class::Code, std::string_view>, 5> kClasses = {
    {{Class::CHANGES, "sync_page.changes"},
     {Class::FILLING, "sync_page.filling"},
     {Class::COMPARING, "sync_page.comparing"},
     {Class::PUSHES, "sync_page.pushes"},
     {Class::OTHER, "sync_page.other"}}};

std::string SayBytes(uint64_t bytes) {
  const auto of = [&](std::string_view key, double unit) {
    return Say(key, {{"number", SayNumber(static_cast<double>(bytes) / unit)}});
  };
  if (bytes < 1'000) return of("sync_page.bytes", 1);
  if (bytes < 1'000'000) return of("sync_page.kilobytes", 1e3);
  return bytes < 1'000'000'000 ? of("sync_page.megabytes", 1e6) : of("sync_page.gigabytes", 1e9);
}

std::string When(int64_t ms, int64_t now_ms) {
  if (ms == 0) return Say("sync_page.never");
  return Say("sync_page.when", {{"time", SayTime(ms)}, {"age", SayAge(now_ms - ms)}});
}

void FillConnection(const SyncFacts& facts, SyncPage& page) {
  page.paused = facts.paused;
  page.has_server = !facts.server.empty();
  page.connection.push_back({Say("sync_page.server"), page.has_server ? facts.server : Say("sync_page.no_server"),
                             page.has_server ? "" : Say("sync_page.no_server_advice"), !page.has_server});
  page.connection.push_back(
      {Say("sync_page.last_success"), When(facts.last_success_ms, facts.now_ms), "", facts.last_success_ms == 0});
  page.connection.push_back(
      {Say("sync_page.last_attempt"), When(facts.last_attempt_ms, facts.now_ms), "", !facts.last_error.empty()});
  if (!facts.last_error.empty()) {
    page.connection.push_back({Say("sync_page.why_failed"), facts.last_error, Say("sync_page.failed_advice"), true});
  }
  if (facts.paused) {
    page.connection.push_back({Say("sync_page.next_try"), Say("sync_page.paused"), "", true});
  } else if (facts.retry_ms > facts.now_ms) {
    const int64_t seconds = (facts.retry_ms - facts.now_ms + 999) / 1000;
    page.connection.push_back(
        {Say("sync_page.next_try"), Say("sync_page.in_seconds", {{"count", seconds}}), "", false});
  }
}

Status FillReplica(Workstation& station, const ReadView& view, int64_t now_ms, SyncPage& page) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view.Head());
  DAFTAR_ASSIGN_OR_RETURN(const View::FileUse file, station.view().File());
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station.view().HeldScope());
  DAFTAR_ASSIGN_OR_RETURN(const std::string holds, ScopeWords(held, view));
  const bool empty = head.server_ms() == 0;
  page.replica = {
      {Say("sync_page.data_as_of"), empty ? Say("sync_page.no_data") : When(head.server_ms(), now_ms), "", empty},
      {Say("sync_page.revision"), SayNumber(static_cast<double>(head.cursor().revision())), "", false},
      {Say("sync_page.records"), SayNumber(static_cast<double>(head.records())), "", false},
      {Say("sync_page.on_disk"), SayBytes(file.file_bytes),
       file.worth_compacting ? Say("sync_page.worth_compacting", {{"size", SayBytes(file.free_bytes)}}) : "", false},
      {Say("sync_page.holds"), holds, "", false},
      {Say("sync_page.folder"), station.folder(), "", false},
  };
  return OkStatus();
}

// A push: the first record that it edits, or else the first whose conflict it settles.
SyncPage::Waiting WaitingOf(const v1::OutboxEntry& entry, Names& names, int64_t now_ms) {
  const v1::Mutation& mutation = entry.mutation();
  SyncPage::Waiting waiting;
  if (mutation.edit_size() > 0) waiting.record = names.LinkTo(mutation.edit(0).record());
  if (waiting.record.text.empty()) waiting.record.text = Say("sync_page.decision");
  if (mutation.edit_size() > 1)
    waiting.note = Say("sync_page.more_records", {{"count", mutation.edit_size() - 1}}) + "  ·  ";
  const std::string age = SayAge(now_ms - mutation.at_ms());
  waiting.note +=
      Say("sync_page.push_note", {{"author", mutation.author()}, {"age", age}, {"reason", mutation.reason()}});
  if (entry.has_result()) waiting.note += "  ·  " + Say("sync_page.answered");
  return waiting;
}

Status FillWaiting(Workstation& station, const ReadView& view, int64_t now_ms, SyncPage& page) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, station.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ConflictEntry> conflicts, station.Conflicts());
  Names names(view);
  page.outbox_words = Say("sync_page.outbox_count", {{"count", outbox.size()}});
  for (const v1::OutboxEntry& entry : std::span(outbox).first(std::min(outbox.size(), kMostListed)))
    page.outbox.push_back(WaitingOf(entry, names, now_ms));
  const auto open = std::count_if(conflicts.begin(), conflicts.end(),
                                  [](const v1::ConflictEntry& entry) { return entry.settling_seq() == 0; });
  page.conflict_words = Say("sync_page.conflict_count", {{"count", open}});
  for (const v1::ConflictEntry& entry : std::span(conflicts).first(std::min(conflicts.size(), kMostListed))) {
    const v1::Conflict& conflict = entry.conflict();
    const std::string age = SayAge(now_ms - entry.at_ms());
    page.conflicts.push_back({names.LinkTo(conflict.record()),
                              Say("sync_page.conflict_note", {{"author", conflict.theirs_author()}, {"age", age}}) +
                                  (entry.settling_seq() != 0 ? "  ·  " + Say("sync_page.settling") : "")});
  }
  return names.status();
}

void FillTraffic(const v1::SyncStatus& status, int64_t now_ms, SyncPage& page) {
  const v1::Traffic& traffic = status.traffic();
  uint64_t received = 0, sent = 0;
  for (const auto& [what, key] : kClasses) {
    uint64_t in = 0, out = 0;
    for (const v1::Traffic::Counter& counter : traffic.total()) {
      if (counter.class_() != what) continue;
      in += counter.received();
      out += counter.sent();
    }
    received += in;
    sent += out;
    page.traffic.push_back({Say(key), SayBytes(in), SayBytes(out)});
  }
  page.traffic.push_back({Say("sync_page.all"), SayBytes(received), SayBytes(sent)});

  const auto budget = [&](std::string_view key, std::optional<uint64_t> used, uint64_t limit) {
    const std::string of = limit == 0 ? Say("sync_page.no_limit") : Say("sync_page.limit", {{"size", SayBytes(limit)}});
    const std::string words = used ? Say("sync_page.used_of", {{"used", SayBytes(*used)}, {"limit", of}}) : of;
    page.budgets.push_back({Say(key), words, used && limit != 0 && *used >= limit});
  };
  budget("sync_page.budget_session", std::nullopt, status.budget().session());
  budget("sync_page.budget_day", BytesOfDay(traffic, now_ms), status.budget().day());
  budget("sync_page.budget_month", BytesOfMonth(traffic, now_ms), status.budget().month());
}

std::string FactsAsText(const std::vector<SyncPage::Fact>& facts) {
  std::string text;
  for (const SyncPage::Fact& fact : facts) {
    text += fact.label + ": " + fact.value + "\n";
    if (!fact.advice.empty()) text += "  " + fact.advice + "\n";
  }
  return text;
}

std::string WaitingAsText(const std::string& words, const std::vector<SyncPage::Waiting>& waiting) {
  std::string text = words + "\n";
  for (const SyncPage::Waiting& each : waiting) text += "- " + each.record.text + "\n  " + each.note + "\n";
  return text;
}

}  // namespace

StatusOr<SyncPage> ReadSyncPage(Workstation& station, const ReadView& view, int64_t now_ms) {
  DAFTAR_ASSIGN_OR_RETURN(SyncFacts facts, ReadSyncFacts(station));
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  facts.now_ms = now_ms;
  SyncPage page;
  page.state = MakeSyncPill(facts).words;
  FillConnection(facts, page);
  DAFTAR_RETURN_IF_ERROR(FillReplica(station, view, now_ms, page));
  DAFTAR_RETURN_IF_ERROR(FillWaiting(station, view, now_ms, page));
  FillTraffic(status, now_ms, page);
  return page;
}

std::string SyncPageAsText(const SyncPage& page) {
  std::string text = Say("sync_page.title") + "\n\n" + FactsAsText(page.connection);
  text += "\n" + Say("sync_page.section_replica") + "\n" + FactsAsText(page.replica);
  text += "\n" + WaitingAsText(page.outbox_words, page.outbox);
  text += "\n" + WaitingAsText(page.conflict_words, page.conflicts);
  text += "\n" + Say("sync_page.section_traffic") + "\n";
  for (const SyncPage::Traffic& line : page.traffic)
    text +=
        Say("sync_page.traffic_line", {{"what", line.label}, {"received", line.received}, {"sent", line.sent}}) + "\n";
  text += "\n" + Say("sync_page.section_budgets") + "\n";
  for (const SyncPage::Budget& budget : page.budgets) text += budget.label + ": " + budget.used + "\n";
  return text;
}

VerifyOutcome OutcomeOf(const VerifyReport& report) {
  VerifyOutcome outcome{Say("sync_page.checked", {{"count", report.checked}}), report.healthy()};
  const auto add = [&](std::string_view key) { outcome.words += " " + Say(key); };
  if (!report.records.empty()) outcome.words += " " + Say("sync_page.damaged", {{"count", report.records.size()}});
  if (!report.tables.empty()) outcome.words += " " + Say("sync_page.rebuilt", {{"count", report.tables.size()}});
  if (!report.miscounted.empty()) add("sync_page.miscounted");
  if (report.healthy()) {
    add("sync_page.healthy");
  } else if (!report.records.empty()) {
    add("sync_page.will_be_fetched");
  } else if (report.beyond_repair()) {
    add("sync_page.beyond_repair");
  }
  return outcome;
}

}  // namespace daftar
