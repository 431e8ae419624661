#include "tools/ctl/sync_words.h"

#include "storage/base/bytes.h"

namespace daftar::ctl {
namespace {

std::string PushWords(const SyncReport& report) {
  std::string words;
  const auto add = [&words](uint64_t count, const std::string& what) {
    if (count > 0) words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  add(report.applied, "applied");
  add(report.merged, "merged with others' changes");
  add(report.unchanged, "already so");
  add(report.conflicts, "in conflict: see daftarctl conflict list");
  add(report.denied, "refused: see daftarctl draft list");
  return words;
}

std::string ReceivedWords(const SyncReport& report) {
  // Before a checkpoint, what has come is kept but not counted by records.
  if (report.records == 0 && report.stopped_at != TrafficLimit::kNone) return HumanBytes(report.bytes);
  if (report.records == 0) return "nothing new";
  // What comes in chunks is not counted by parts.
  const std::string parts = report.parts == 0 ? "" : Counted(report.parts, "part") + ", ";
  return Counted(report.records, "record") + ", " + parts + HumanBytes(report.bytes);
}

std::string CheckpointLine(const SyncReport& report) {
  return "at revision " + std::to_string(report.to) + ", " + Counted(report.records, "record") + " received";
}

std::string CheckpointJson(const SyncReport& report) {
  Reply reply = Reply::Answer("sync");
  FillReportJson(report, reply.json);
  return reply.json.dump();
}

}  // namespace

std::string ReportText(const SyncReport& report, const ToCome& to_come) {
  std::string text = "revision " + std::to_string(report.from) + " → " + std::to_string(report.to) + ": received " +
                     ReceivedWords(report) + "\n";
  if (const std::string pushed = PushWords(report); !pushed.empty()) text += "pushed: " + pushed + "\n";
  if (report.repaired > 0)
    text += "repaired " + Counted(report.repaired, "record") + " that differed from the server's\n";
  if (report.removed > 0)
    text += "removed " + Counted(report.removed, "record") + " that are gone, or not in the slice held here\n";
  if (report.salvaged > 0) {
    text += "the server was restored from a backup and had lost " + Counted(report.salvaged, "commit") +
            " that stood here: see daftarctl draft list\n";
  }
  if (report.carried > 0) {
    text += Counted(report.carried, "edit") + " carried by the relay; " +
            (report.carried == 1 ? "it stays" : "they stay") + " in the outbox until the server has answered\n";
  }
  if (report.digest_equal) text += report.relay ? "equal to what the server has signed\n" : "equal to the server\n";
  return text + BudgetReachedWords(report, to_come);
}

void FillReportJson(const SyncReport& report, nlohmann::ordered_json& json) {
  json["from"] = report.from;
  json["to"] = report.to;
  json["received"] = {{"records", report.records}, {"parts", report.parts}, {"bytes", report.bytes}};
  json["pushed"] = {{"applied", report.applied},
                    {"merged", report.merged},
                    {"unchanged", report.unchanged},
                    {"conflicts", report.conflicts},
                    {"denied", report.denied}};
  json["relay"] = report.relay;
  json["carried"] = report.carried;
  json["repaired"] = report.repaired;
  json["removed"] = report.removed;
  json["salvaged"] = report.salvaged;
  json["digest_equal"] = report.digest_equal;
  json["notices"] = report.notices;
}

void Narrator::On(const SyncReport& report) {
  if (follow_ && report.checkpoints != checkpoints_ && report.checkpoints > 0) {
    EndLine();
    context_.out << (context_.json ? CheckpointJson(report) : CheckpointLine(report)) << std::endl;
  } else if (context_.progress && report.bytes != bytes_) {
    context_.talk << "\r" << report.records << " records, " << HumanBytes(report.bytes) << "   " << std::flush;
    open_line_ = true;
  }
  checkpoints_ = report.checkpoints;
  bytes_ = report.bytes;
}

void Narrator::Say(const std::string& line) {
  EndLine();
  context_.talk << line << std::endl;
}

void Narrator::EndLine() {
  if (open_line_) context_.talk << "\r\033[K" << std::flush;
  open_line_ = false;
}

}  // namespace daftar::ctl
