#include "client/model/names.h"

#include "client/language/language.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/words.h"

namespace daftar {

Names::Names(const ReadView& view, std::string_view language)
    : view_(view), language_(language.empty() ? LanguageCode(CurrentLanguage()) : language) {}

const Record* Names::Find(const Uuid& id) {
  auto at = records_.find(id);
  if (at == records_.end()) at = records_.emplace(id, Take(view_.Get(id))).first;
  return at->second ? &*at->second : nullptr;
}

const Record* Names::Find(std::string_view bytes) {
  std::optional<Uuid> id = Uuid::FromBytes(bytes);
  return id ? Find(*id) : nullptr;
}

PageLink Names::LinkTo(std::string_view bytes) {
  if (bytes.empty()) return {};
  const Record* record = Find(bytes);
  return record != nullptr ? LinkTo(*record) : PageLink{Missing(), "", ""};
}

std::string Names::Missing() { return Say(Take(view_.HoldsSlice()) ? "name.outside" : "name.unknown"); }

PageLink Names::LinkTo(const Record& record) {
  return {Title(record), RecordAddress(KindWord(record.kind()), record.id().ToString()), DisplayId(record)};
}

std::string Names::Title(const Record& record) {
  if (record.kind() != v1::RecordKind::RELATION) return DisplayName(record, language_);
  const v1::Relation& relation = record.relation();
  return RelationTitle(relation.from(), relation.type(), relation.negated(), relation.to());
}

std::string Names::RelationTitle(std::string_view from, v1::RelationType::Code type, bool negated,
                                 std::string_view to) {
  const auto end = [this](std::string_view reference) {
    const Record* found = Find(reference);
    return found != nullptr ? DisplayName(*found, language_) : Missing();
  };
  return Say("name.relation", {{"from", end(from)}, {"relation", RelationWords(type, negated)}, {"to", end(to)}});
}

std::string Names::Label(std::string_view bytes) {
  const Record* record = Find(bytes);
  if (record == nullptr) return Say("name.unknown_source");
  if (!record->externals().empty()) return record->externals().Get(0).id();
  constexpr size_t kLongest = 24;
  std::string name = DisplayName(*record, language_);
  if (name.size() <= kLongest) return name;
  size_t space = name.rfind(' ', kLongest);
  if (space == std::string::npos || space == 0) {
    space = kLongest;
    while (space > 0 && (static_cast<unsigned char>(name[space]) & 0xC0) == 0x80) --space;  // not inside a character
  }
  return name.substr(0, space) + "…";
}

RecordLookup Names::Lookup() {
  return [this](const Uuid& id) -> StatusOr<std::optional<Record>> {
    const Record* record = Find(id);
    if (!status_.ok()) return status_;
    return record != nullptr ? std::optional<Record>(*record) : std::nullopt;
  };
}

}  // namespace daftar
