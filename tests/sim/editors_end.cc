// Editors: where each value is at the end.
#include "client/sync/form_drafts.h"
#include "daftar/v1/private.pb.h"
#include "tests/sim/editors.h"

namespace daftar::sim {
namespace {

// All records as they are stored, part by part.
using Bytes = std::map<Uuid, std::string>;

StatusOr<Bytes> BytesOf(const View& view) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, view.Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, snapshot->Head());
  std::vector<Rid> rids;  // no record ever ends here
  for (Rid rid = 1; rid <= head.records(); ++rid) rids.push_back(rid);
  DAFTAR_ASSIGN_OR_RETURN(const WholeBatch whole, view.WholeRecords(rids, SIZE_MAX));
  Bytes bytes;
  for (const RecordChange& record : whole.set.changes) {
    std::string& all = bytes[record.id];
    for (const PartChange& part : record.parts) all += part.value;
  }
  return bytes;
}

// The first station that holds something else than the server, in words; empty: none does.
StatusOr<std::string> Difference(const LogStore& log, const std::vector<Workstation*>& stations) {
  DAFTAR_ASSIGN_OR_RETURN(const Bytes expected, BytesOf(log.view()));
  for (size_t i = 0; i < stations.size(); ++i) {
    DAFTAR_ASSIGN_OR_RETURN(const Bytes held, BytesOf(stations[i]->view()));
    if (held != expected) return "client " + std::to_string(i) + " holds other bytes than the server";
  }
  return std::string();
}

Status FindInRecords(const ReadView& view, Found& found) {
  for (uint64_t i = 0; i < kEditedIncidents; ++i) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(EditedIncident(i)));
    if (!record) return DataLoss("an incident is gone from the server");
    found.Add(Whereabouts::kLive, record->message().SerializeAsString());
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, view.History(EditedIncident(i)));
    for (const HistoryStep& step : steps) {
      for (const v1::PartEdit& part : step.before) found.Add(Whereabouts::kHistory, part.value());
      for (const v1::PartEdit& part : step.after) found.Add(Whereabouts::kHistory, part.value());
    }
  }
  return OkStatus();
}

void FindInConflict(Whereabouts where, const v1::Conflict& conflict, Found& found) {
  found.Add(where, conflict.mine());
  found.Add(where, conflict.base());
  found.Add(where, conflict.theirs());
}

// What one client was answered keeps the conflicts that it decided.
Status FindDecided(const LogStore& log, Workstation& station, Found& found) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  for (uint64_t seq = 1; seq <= status.last_seq(); ++seq) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::PushResult> answer, log.Resolve(status.client(), seq));
    if (!answer) continue;
    for (const v1::SettledConflict& settled : answer->settled())
      FindInConflict(Whereabouts::kDecided, settled.conflict(), found);
  }
  return OkStatus();
}

// What a workstation keeps for its editor.
Status FindKept(Workstation& station, Found& found) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ConflictEntry> conflicts, station.Conflicts());
  for (const v1::ConflictEntry& entry : conflicts) FindInConflict(Whereabouts::kConflict, entry.conflict(), found);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, station.Drafts());
  for (const v1::Draft& draft : drafts) {
    for (const v1::RecordEdit& edit : draft.mutation().edit()) {
      for (const v1::PartEdit& part : edit.part()) found.Add(Whereabouts::kDraft, part.value());
    }
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FormDraft> forms, station.forms().All());
  for (const v1::FormDraft& form : forms) found.Add(Whereabouts::kForm, form.typed().SerializeAsString());
  return OkStatus();
}

}  // namespace

StatusOr<std::string> Editors::Ends(const LogStore& log, const std::vector<Workstation*>& stations) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string difference, Difference(log, stations));
  if (!difference.empty()) return difference;
  Found on_server(values_.last());
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, log.view().Snapshot());
  DAFTAR_RETURN_IF_ERROR(FindInRecords(*view, on_server));
  std::vector<Found> by_client(stations.size(), on_server);
  for (size_t i = 0; i < stations.size(); ++i) {
    DAFTAR_RETURN_IF_ERROR(FindDecided(log, *stations[i], by_client[i]));
    DAFTAR_RETURN_IF_ERROR(FindKept(*stations[i], by_client[i]));
  }
  counts_.values = ledger_.entries().size();
  std::string missing;
  for (const Ledger::Entry& entry : ledger_.entries()) {
    const Whereabouts where = by_client[static_cast<size_t>(entry.client)].Of(entry.value);
    ++counts_.where[static_cast<size_t>(where)];
    if (where == Whereabouts::kNowhere && missing.empty()) missing = entry.InWords() + ", is nowhere";
  }
  return missing;
}

}  // namespace daftar::sim
