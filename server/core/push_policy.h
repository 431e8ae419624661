// What may be pushed, beside what is valid: pushes of those who may only suggest, and records that need two people.
//
// Pure functions: they judge a push against records as they stand, and change nothing. A push is judged as if all of it
// were applied. What it is refused for stands at the field, in words that say what to do instead.
//
// Who somebody is: the device whose key its connection has shown, where there is one, and the name that it gives
// itself. A key proves that a push came from that device (or, of what a relay brings, from that relay), never who sat
// there; a name proves nothing. Two are one person as soon as they share a device or a name.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/model/review.h"
#include "storage/model/validate.h"
#include "storage/view/read_view.h"

namespace daftar {

// Who holds a session, as far as pushes go.
struct Pusher {
  std::string device;        // 32 bytes: the key that its connection has shown; empty: none
  std::string may_not_push;  // why its pushes are denied, for its user; empty: they are judged
  bool suggests = false;     // it may suggest and not edit
};

struct Person {
  std::vector<std::string> devices;  // by which it has pushed; empty: not known
  std::string name;
};
// They share a device, or a name; or nothing tells them apart.
bool SamePerson(const Person& a, const Person& b);

// A change of a record, and who made it.
struct PastStep {
  HistoryStep step;
  Person by;
};
// A record before a push.
struct RecordBefore {
  std::optional<Record> record;  // nullopt: there is none
  std::vector<PastStep> steps;   // newest first
};

// What of the edit only an editor may do. Who suggests may make records that are proposed, and change them while they
// are proposed or returned; and add comments and proposals, and change or withdraw these. `device`: its key.
std::vector<FieldProblem> SuggestionProblems(const v1::RecordEdit& edit, const RecordBefore& before,
                                             const std::string& device);

// What of the edit needs somebody else, where the record is marked `from` or more strictly, or was since it was last
// accepted, itself or one of its accounts:
//  - to accept it: who made the newest change of what it says may not, nor who changes it in the same push or makes it
//    accepted, nor who has not seen that change;
//  - to accept a proposal: its author may not;
//  - to change what an accepted record says: by a proposal, or by taking it back to review in the same push.
// `base`: the revision that the editor saw.
std::vector<FieldProblem> TwoPersonProblems(const v1::RecordEdit& edit, const RecordBefore& before, const Person& now,
                                            Revision base, v1::Tlp::Code from);

// Under which devices the client that made a revision has pushed; empty: none is known.
using DevicesOfRevision = std::function<StatusOr<std::vector<std::string>>(Revision)>;

// Both, for a whole push against a state of the dataset. `two_persons`: from which marking on; nullopt: never.
StatusOr<std::vector<v1::FieldError>> PushRefusals(const v1::Mutation& mutation, const Pusher& by,
                                                   std::optional<v1::Tlp::Code> two_persons, const ReadView& view,
                                                   const DevicesOfRevision& devices_of);

}  // namespace daftar
