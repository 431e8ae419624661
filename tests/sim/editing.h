// What an editor does to one incident: fields, accounts, names, tags, choices, retirement, comments and proposals, each
// with values that are entered nowhere else.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <string>

#include "daftar/v1/records.pb.h"
#include "storage/base/random.h"
#include "storage/base/status.h"
#include "storage/model/record.h"
#include "storage/model/review.h"
#include "tests/sim/ledger.h"

namespace daftar::sim {

enum class Doing {
  // What a record says.
  kSetNotes,
  kAddAccount,
  kChangeAccount,
  kRemoveAccount,
  kAddName,
  kChangeName,
  kAddTag,
  kRemoveTag,
  kAddKey,
  kChangeKey,
  kChoose,
  kRetireOrRestore,
  // What is said about it.
  kComment,
  kReply,
  kFinishComment,
  kRemoveComment,
  kPropose,
  kAccept,
  kAnswerProposal,
  kClearProposal,
  kReview,
  // What an editor does besides.
  kDecide,
  kUndo,
  kOpenForm,
  kSendForm,
  kSendDraft,
};
// What an editor tries first; often, what is often done.
Doing ChooseDoing(uint64_t drawn);
const char* InWords(Doing doing);
constexpr bool IsOfRecord(Doing doing) { return doing < Doing::kDecide; }

// Who does it, with what.
struct Hand {
  Random& random;
  Values& values;
  Voice voice;
  Revision sees = 0;
};

// The incident as it is to become; nullptr if there is nothing to do it to. REQUIRES: IsOfRecord(doing).
StatusOr<Reviewed> Changed(Doing doing, const Record& record, Hand& hand);
// An account of those words.
void AddAccount(v1::Incident& incident, uint64_t key, const std::string& summary);

// The incidents that every run with editors begins with, and what they name.
inline constexpr uint64_t kEditedIncidents = 30;
Uuid EditedIncident(uint64_t number);

}  // namespace daftar::sim
