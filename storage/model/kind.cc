#include "storage/model/kind.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "daftar/v1/records.pb.h"
#include "storage/base/status.h"

namespace daftar {
namespace {

struct KindRow {
  Kind kind;
  std::string_view word, plural, short_word;
  const google::protobuf::Message& (*prototype)();
};

template <typename T>
const google::protobuf::Message& Prototype() {
  return T::default_instance();
}

constexpr std::array<KindRow, 6> kRows = {{
    {v1::RecordKind::INCIDENT, "incident", "incidents", "", Prototype<v1::Incident>},
    {v1::RecordKind::ACTOR, "actor", "actors", "", Prototype<v1::Actor>},
    {v1::RecordKind::PLACE, "place", "places", "", Prototype<v1::Place>},
    {v1::RecordKind::SOURCE, "source", "sources", "", Prototype<v1::Source>},
    {v1::RecordKind::RELATION, "relation", "relations", "", Prototype<v1::Relation>},
    {v1::RecordKind::ALERT_PERIOD, "alert_period", "alert_periods", "alert", Prototype<v1::AlertPeriod>},
}};

constexpr std::array<Kind, 6> kKinds = {v1::RecordKind::INCIDENT, v1::RecordKind::ACTOR,
                                        v1::RecordKind::PLACE,    v1::RecordKind::SOURCE,
                                        v1::RecordKind::RELATION, v1::RecordKind::ALERT_PERIOD};

const KindRow* Find(Kind kind) {
  auto row = std::find_if(kRows.begin(), kRows.end(), [kind](const KindRow& r) { return r.kind == kind; });
  return row == kRows.end() ? nullptr : &*row;
}

}  // namespace

std::span<const Kind> AllKinds() { return kKinds; }

std::string_view KindWord(Kind kind) {
  const KindRow* row = Find(kind);
  return row ? row->word : "unknown";
}

std::optional<Kind> KindFromWord(std::string_view word) {
  std::string lower;
  for (char c : word) lower += c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const KindRow& row : kRows) {
    if (lower == row.word || lower == row.plural || (!row.short_word.empty() && lower == row.short_word)) {
      return row.kind;
    }
  }
  return std::nullopt;
}

const google::protobuf::Descriptor& KindDescriptor(Kind kind) {
  const KindRow* row = Find(kind);
  DAFTAR_CHECK(row != nullptr);
  return *row->prototype().GetDescriptor();
}

std::unique_ptr<google::protobuf::Message> NewMessage(Kind kind) {
  const KindRow* row = Find(kind);
  DAFTAR_CHECK(row != nullptr);
  return std::unique_ptr<google::protobuf::Message>(row->prototype().New());
}

google::protobuf::Message& NewMessage(Kind kind, google::protobuf::Arena& arena) {
  const KindRow* row = Find(kind);
  DAFTAR_CHECK(row != nullptr);
  return *row->prototype().New(&arena);
}

}  // namespace daftar
