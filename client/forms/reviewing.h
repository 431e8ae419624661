// What a reviewer decides, as an edit: for the window and the command line. Over storage/model/review.h, which does the
// work. Pure but for VoiceOf; any thread.
#pragma once

#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "storage/base/status.h"
#include "storage/model/review.h"

namespace daftar::forms {

// Who acts on this workstation, now: by the name under which its edits are signed.
StatusOr<Voice> VoiceOf(const Workstation& station);

// A decision about a record, or about one of its proposals.
struct Decision {
  uint64_t proposal = 0;  // 0: about the record
  v1::ReviewState::Code state = v1::ReviewState::UNSET;
  std::string words;        // said with it; may be empty
  bool over_newer = false;  // what others changed since is put over
};
struct Decided {
  Reviewed record;                // null: refused, for what overlaps
  std::vector<Overlap> overlaps;  // also those that were put over
};
// Errors as those of storage/model/review.h.
StatusOr<Decided> Decide(const Record& record, const Decision& decision, const Voice& voice);

// What the history says why: the words, or what was decided where nobody said any.
std::string ReasonOf(const Decision& decision);
inline constexpr char kCommented[] = "a comment", kCommentDone[] = "a comment is done",
                      kCommentOpen[] = "a comment is open again", kCommentGone[] = "a comment is taken back",
                      kProposalGone[] = "a proposal is taken away", kTakenBack[] = "taken back: ";

// Puts a refused edit forward instead: each change of a record as a proposal, new records as PROPOSED. It leaves the
// refused ones and goes into the outbox, in one transaction; its number there. NotFound if there is none with that
// number; FailedPrecondition where a record is not here any more; InvalidArgument where it cannot be proposed.
StatusOr<uint64_t> ProposeInstead(Workstation& station, uint64_t draft);

}  // namespace daftar::forms
