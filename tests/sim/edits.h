// The edits that simulated editors make: each is named by a tag in its reason, by which it is found again wherever it
// goes: in an outbox, a log, a draft.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/sync/workstation.h"
#include "daftar/v1/records.pb.h"
#include "storage/base/uuid.h"

namespace daftar::sim {

// Those that every run begins with.
inline constexpr int kIncidents = 4;
inline constexpr int kPlaces = 3;

Uuid SourceId();
Uuid ActorId();
// The second one lies in the first, until it is moved; the third is in another country.
Uuid PlaceId(uint64_t number);
Uuid IncidentId(uint64_t number);

// What an editor does, before it is known what the record looks like.
struct EditChoice {
  enum class What {
    kAddAccount,
    kAddLongAccount,
    kRemoveAccount,
    kSetNotes,
    // These decide which slices hold what.
    kMoveAccount,
    kTagOrUntag,
    kRetireOrRestore,
    kAddIncident,
    kMovePlace,
    kChangeActor,
  } what;
  uint64_t incident = 0;  // modulo as many as there are
  uint64_t which = 0;     // of the accounts, or places

  std::string InWords() const;
};
EditChoice ChooseEdit(uint64_t drawn);
// One of those that decide which slices hold what.
EditChoice ChooseReshaping(uint64_t drawn);

// That edit, the `number`th of its run, of what its editor reads; nullopt if there is nothing to edit. `incidents`: all
// that anybody ever added.
StatusOr<std::optional<Edit>> MakeEdit(const EditChoice& choice, const ReadView& view, std::span<const Uuid> incidents,
                                       uint64_t number);

// One of the slices that a workstation may hold.
v1::Scope ChooseSlice(uint64_t drawn);
std::string InWords(const v1::Scope& slice);

// "edit 12."
std::string Tag(uint64_t number);
// The tag in a reason, or an empty string.
std::string TagIn(std::string_view reason);

}  // namespace daftar::sim
