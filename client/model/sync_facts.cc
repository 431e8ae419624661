// What the workstation knows about syncing: see sync_state.h.
#include <algorithm>

#include "client/model/sync_state.h"
#include "client/sync/server_address.h"
#include "client/sync/workstation.h"

namespace daftar {

StatusOr<SyncFacts> ReadSyncFacts(const Workstation& workstation) {
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, workstation.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::OutboxEntry> outbox, workstation.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::ConflictEntry> conflicts, workstation.Conflicts());
  SyncFacts facts;
  facts.last_success_ms = status.last_success_ms();
  facts.last_attempt_ms = status.last_attempt_ms();
  facts.last_error = status.last_error();
  facts.server = AddressForPeople(status.server());
  facts.outbox = outbox.size();
  facts.conflicts = static_cast<size_t>(std::count_if(
      conflicts.begin(), conflicts.end(), [](const v1::ConflictEntry& entry) { return entry.settling_seq() == 0; }));
  facts.paused = status.paused();
  facts.retry_ms = status.retry_ms();
  facts.now_ms = workstation.clock().NowMs();
  return facts;
}

}  // namespace daftar
