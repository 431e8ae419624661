// What a session by way of a relay may believe: what the server has signed, and nothing else.
//
//   a state    only if the server that this workstation knows has signed just that, and it is no older than what is
//   shown an answer  unsigned, so a refusal becomes a draft, which loses nothing; an edit leaves the outbox only when
//   the
//              signed state shows it. Until then it counts as carried, and the server's own answer settles it
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/view/scope.h"

namespace daftar {

// One session's. One thread.
class ByRelay {
 public:
  // Who answers says that it is a relay. FailedPrecondition, in words, if the server's key is not known here, or the
  // relay serves another history.
  static StatusOr<ByRelay> From(Workstation& station, const v1::Welcome& welcome);

  // It has nothing to send: it has not got as far as this replica, or holds another slice. It carries all the same.
  bool has_nothing() const { return has_nothing_; }
  // OK if the state may be shown. PermissionDenied otherwise.
  Status Check(const v1::Checkpoint& checkpoint, const Scope& scope) const;

  // The relay keeps that push. Noted durably, for the outbox to say.
  Status OnCarried(uint64_t seq);
  // The relay brings an answer.
  void OnAnswer(const v1::PushResult& result);
  // The answers that may be believed with what is shown now; they are given out once.
  StatusOr<std::vector<v1::PushResult>> Believed();
  // Whether nothing more can come of a push in this session.
  bool carries(uint64_t seq) const { return carried_.contains(seq); }
  uint64_t carried() const { return carried_.size(); }
  // The relay may know more by now: the pushes that it carries may be sent again.
  void AskAgain() { carried_.clear(); }

 private:
  ByRelay(Workstation& station, const PublicKey& server) : station_(&station), server_(server) {}

  Workstation* station_;
  PublicKey server_;
  bool has_nothing_ = false;
  Revision shown_ = 0;                          // when the session began
  std::set<uint64_t> carried_;                  // seqs
  std::map<uint64_t, v1::PushResult> brought_;  // by seq, not believed yet
};

}  // namespace daftar
