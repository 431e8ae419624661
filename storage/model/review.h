// Review: the state of a record, what people say about it, and changes that are put forward and made by nobody yet.
//
// Each function takes a record as it is read and gives the whole message as it is to become, for an edit like any
// other: nothing here stores or sends. Times are milliseconds since 1970-01-01 UTC, by the clock of who acts. Pure; any
// thread.
//
// A proposal keeps the wire form of the parts that it wants, and the revision that its author saw. Who accepts it makes
// it, with the three-way rule of merge.h: what was changed since by somebody else is not put over silently.
#pragma once

#include <google/protobuf/message.h>
#include <google/protobuf/repeated_ptr_field.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/codes.pb.h"
#include "daftar/v1/commit.pb.h"
#include "daftar/v1/values.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// The numbers of the fields, which mean the same in every kind.
inline constexpr uint32_t kReviewField = 30, kTlpField = 31, kCommentField = 45, kProposalField = 46;
// Whether the field says something about a record instead of being what the record says.
constexpr bool IsAboutReview(uint32_t field) {
  return field == kReviewField || field == kCommentField || field == kProposalField;
}

// Limits, which validation holds records to.
inline constexpr size_t kMaxComments = 500;  // of one record
inline constexpr size_t kMaxProposals = 100;
inline constexpr size_t kMaxProposedParts = 100;  // of one proposal
inline constexpr size_t kMaxProposalBytes = 256 << 10;

// REQUIRES, of these four: a record's message.
const google::protobuf::RepeatedPtrField<v1::Comment>& CommentsOf(const google::protobuf::Message& record);
const google::protobuf::RepeatedPtrField<v1::Proposal>& ProposalsOf(const google::protobuf::Message& record);
// UNSET is PROPOSED.
v1::ReviewState::Code ReviewOf(const google::protobuf::Message& record);
// The strictest marking of the record and its accounts; one that has none is CLEAR.
v1::Tlp::Code StrictestMarking(const google::protobuf::Message& record);

// How far a proposal is; UNSET is PROPOSED.
v1::ReviewState::Code StateOf(const v1::Proposal& proposal);
// It waits for somebody: neither accepted nor returned.
bool IsOpen(const v1::Proposal& proposal);
const v1::Proposal* FindProposal(const google::protobuf::Message& record, uint64_t key);
const v1::Comment* FindComment(const google::protobuf::Message& record, uint64_t key);
// The parts that it wants, as edits.
std::vector<v1::PartEdit> EditsOf(const v1::Proposal& proposal);

// A record as it is to become.
using Reviewed = std::shared_ptr<const google::protobuf::Message>;

// Who acts, and when.
struct Voice {
  std::string name;
  int64_t at_ms = 0;
};

// Puts forward what turns the record into `edited`, as a proposal with a key of its own; `base`: the revision that its
// author sees. InvalidArgument where nothing changes, what changes is itself about the review, or it is too much.
struct Proposed {
  Reviewed record;
  uint64_t key = 0;
};
StatusOr<Proposed> Propose(const Record& record, const google::protobuf::Message& edited, const std::string& reason,
                           const Voice& author, Revision base);

// A part that the proposal wants, and that somebody else has changed since its author saw it.
struct Overlap {
  PartId part;
  std::string theirs;     // as it stands; empty: absent
  std::string proposed;   // as the proposal wants it; empty: removed
  Revision revision = 0;  // that set what stands
};
// Those of the proposal: also that the record was retired since, or that it wants to retire what was changed since.
// Parts that are so already are none. InvalidArgument if the record is damaged.
StatusOr<std::vector<Overlap>> OverlapsOf(const Record& record, const v1::Proposal& proposal);

// What a reviewer says to a proposal.
struct Answer {
  std::string reviewer, words;
};
struct Acceptance {
  Reviewed record;                // null: refused, for what overlaps
  std::vector<Overlap> overlaps;  // also those that were put over
};
// Applies the proposal and keeps it as ACCEPTED. What overlaps is put over only if `over_newer`. NotFound if there is
// no such proposal; FailedPrecondition if it is accepted already; InvalidArgument if it does not fit this kind of
// record.
StatusOr<Acceptance> AcceptProposal(const Record& record, uint64_t key, const Answer& answer, bool over_newer);
// Returns it, holds it, or takes it up for review. Errors as above; InvalidArgument for another state.
StatusOr<Reviewed> DecideProposal(const Record& record, uint64_t key, v1::ReviewState::Code state,
                                  const Answer& answer);
// Takes it out of the record: its author withdraws it, or an editor clears what is decided.
StatusOr<Reviewed> ClearProposal(const Record& record, uint64_t key);

// Sets the state of the record; words, if there are any, become a comment on it.
StatusOr<Reviewed> SetReview(const Record& record, v1::ReviewState::Code state, const std::string& words,
                             const Voice& reviewer);

// Says something about a part ({0, 0}: the record as a whole), or answers a comment. NotFound if there is none of that
// key; InvalidArgument for no words.
struct Commented {
  Reviewed record;
  uint64_t key = 0;
};
StatusOr<Commented> AddComment(const Record& record, PartId part, const std::string& text, const Voice& author,
                               uint64_t reply_to);
StatusOr<Reviewed> SetCommentDone(const Record& record, uint64_t key, bool done);
// Takes a comment away, with the answers to it.
StatusOr<Reviewed> RemoveComment(const Record& record, uint64_t key);

}  // namespace daftar
