// What an edit makes of a record, in words for people. Any thread with its own view.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "client/model/changes_since.h"
#include "storage/model/parts.h"
#include "storage/model/record.h"

namespace daftar {

class ReadView;

struct EditWords {
  std::vector<ChangedField> fields;  // in the order of the record's fields
  size_t more = 0;                   // fields that change besides
};
// The parts as they were and as they become: one for one, without a value where there is none. At most `most` fields.
// Errors are those of reading the records that are named.
StatusOr<EditWords> WordsOfEdit(const ReadView& view, const Record& record, const std::vector<v1::PartEdit>& before,
                                const std::vector<v1::PartEdit>& after, size_t most);

}  // namespace daftar
