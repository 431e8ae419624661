// The edits that simulated editors make: each is named by a tag in its reason, by which it is found again wherever it
// goes: in an outbox, a log, a draft.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "daftar/v1/records.pb.h"
#include "storage/base/uuid.h"

namespace daftar::sim {

inline constexpr int kIncidents = 4;

Uuid SourceId();
Uuid IncidentId(int number);

// What an editor does, before it is known what the record looks like.
struct EditChoice {
  enum class What { kAddAccount, kAddLongAccount, kRemoveAccount, kSetNotes } what;
  int incident = 0;
  uint64_t which = 0;  // of the accounts

  std::string InWords() const;
};
EditChoice ChooseEdit(uint64_t drawn);

// The incident with that edit, the `number`th of its run; null if there is nothing to edit.
std::shared_ptr<const v1::Incident> Apply(const EditChoice& choice, const v1::Incident& incident, uint64_t number);

// "edit 12."
std::string Tag(uint64_t number);
// The tag in a reason, or an empty string.
std::string TagIn(std::string_view reason);

}  // namespace daftar::sim
