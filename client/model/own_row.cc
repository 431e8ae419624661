#include "client/model/own_row.h"

#include <optional>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/rows.h"

namespace daftar {

ListRow OwnRow(const v1::PrivateRecord& record, Names& names, std::vector<RecordLabel>* labels) {
  const std::optional<Uuid> id = Uuid::FromBytes(record.record());
  const Record* here = id ? names.Find(*id) : nullptr;
  if (here != nullptr) {
    ListRow row = MakeRow(*here, names);
    if (labels != nullptr) labels->push_back({*id, here->kind(), row.title, row.display_id});
    return row;
  }
  ListRow row;
  row.id = id ? id->ToString() : "";
  row.kind = KindWord(record.kind());
  row.kind_words = row.kind;
  row.address = RecordAddress(row.kind, row.id);
  row.title = record.title();
  row.display_id = record.display_id();
  row.happened_words = Say("own.gone");
  return row;
}

}  // namespace daftar
