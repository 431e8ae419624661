#include "client/model/edit_words.h"

#include "client/language/language.h"
#include "client/model/field_changes.h"
#include "client/model/names.h"

namespace daftar {

StatusOr<EditWords> WordsOfEdit(const ReadView& view, const Record& record, const std::vector<v1::PartEdit>& before,
                                const std::vector<v1::PartEdit>& after, size_t most) {
  Names names(view, LanguageCode(CurrentLanguage()));
  const FieldWordsChanges changes = ChangesOfParts(record, before, after, true, most, names);
  DAFTAR_RETURN_IF_ERROR(names.status());
  EditWords words{{}, changes.more};
  for (const FieldWordsChange& change : changes.changes)
    words.fields.push_back({change.label, change.before, change.after, change.before_known});
  return words;
}

}  // namespace daftar
