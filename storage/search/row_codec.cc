// The bytes of a row: see row.h.
#include <limits>

#include "storage/model/date.h"
#include "storage/search/index/coding.h"
#include "storage/search/row.h"

namespace daftar::search {
namespace {

// The rare ones last: the flags of most rows are one byte.
enum Flag : uint64_t {
  kDisagrees = 1,
  kOpen = 2,
  kDenied = 4,
  kHappened = 8 | 16,
  kHasDays = 32,
  kHasDay = 64,
  kInDoubt = 128,
  kHasPeriod = 256,
  kIsRelation = 512,
  kShowsUuid = 1024,  // instead of an external id
};
constexpr int kHappenedShift = 3;
constexpr uint64_t kAllFlags = 2047;

void PutText(std::string& out, std::string_view text) {
  PutVarint(out, text.size());
  out += text;
}

void PutDate(std::string& out, const v1::FuzzyDate& date, int32_t base) {
  PutZigzag(out, int64_t{date.first_day()} - base);
  PutZigzag(out, int64_t{date.last_day()} - date.first_day());
  PutVarint(out, static_cast<uint64_t>(static_cast<uint32_t>(date.precision())) << 3 |
                     static_cast<uint64_t>(date.uncertain() << 2 | date.year_inferred() << 1 | date.approximate()));
  PutVarint(out, static_cast<uint32_t>(date.part()));
}

void PutPeriod(std::string& out, const v1::Period& period, int32_t base) {
  const bool from = HasDate(period.from()), to = HasDate(period.to());
  PutVarint(out, static_cast<uint64_t>(period.open_end() << 2 | to << 1 | from));
  if (from) PutDate(out, period.from(), base);
  if (to) PutDate(out, period.to(), base);
}

void PutRelation(std::string& out, const Row::Relation& relation, int32_t base) {
  PutText(out, relation.from);
  PutText(out, relation.to);
  PutVarint(out, static_cast<uint32_t>(relation.type));
  PutVarint(out, relation.negated);
  PutVarint(out, relation.accounts.size());
  for (const v1::Account& account : relation.accounts) {
    PutVarint(out, account.has_period());
    PutText(out, account.source());
    PutText(out, account.place());
    PutVarint(out, static_cast<uint32_t>(account.stance()));
    PutVarint(out, static_cast<uint32_t>(account.modality()));
    if (account.has_period()) PutPeriod(out, account.period(), base);
  }
}

uint64_t FlagsOf(const Row& row) {
  uint64_t flags = static_cast<uint64_t>(row.happened) << kHappenedShift;
  if (row.disagrees) flags |= kDisagrees;
  if (row.open) flags |= kOpen;
  if (row.denied) flags |= kDenied;
  if (row.first_day && row.last_day) flags |= kHasDays;
  if (row.day) flags |= kHasDay;
  if (row.date_in_doubt) flags |= kInDoubt;
  if (row.period) flags |= kHasPeriod;
  if (row.relation) flags |= kIsRelation;
  if (row.display_id == row.id.ToString()) flags |= kShowsUuid;
  return flags;
}

// Reads what follows the title. Values that cannot be are failures of the reader.
class RowReader {
 public:
  explicit RowReader(std::string_view bytes) : in_(bytes) {}

  bool Read(Row& row) {
    const uint64_t flags = in_.Varint(kAllFlags);
    row.happened = static_cast<Happened>((flags & kHappened) >> kHappenedShift);
    row.disagrees = flags & kDisagrees;
    row.open = flags & kOpen;
    row.denied = flags & kDenied;
    row.date_in_doubt = flags & kInDoubt;
    row.display_id = flags & kShowsUuid ? row.id.ToString() : std::string(Text());
    // Each takes a byte at least, so that damaged counts ask for no memory.
    row.codes.resize(in_.Varint(in_.left()));
    for (int& code : row.codes) code = Code();
    if (flags & kHasDays) {
      row.first_day = Day(0);
      row.last_day = Day(*row.first_day);
    }
    base_ = row.first_day.value_or(0);
    if (flags & kHasDay) row.day = Day(base_);
    row.dates.resize(Count(kLeastDate));
    for (v1::FuzzyDate& date : row.dates) ReadDate(date);
    if (flags & kHasPeriod) ReadPeriod(row.period.emplace());
    row.places.resize(Count(kLeastPlace));
    for (Row::Place& place : row.places) ReadPlace(place);
    row.country = Text();
    if (flags & kIsRelation) ReadRelation(row.relation.emplace());
    return in_.ok() && in_.done();
  }

 private:
  // The fewest bytes that each takes.
  static constexpr size_t kLeastDate = 4, kLeastPlace = Uuid::kSize + 1, kLeastAccount = 5;
  // How many items follow; more than the bytes left could hold is a failure.
  size_t Count(size_t least) { return static_cast<size_t>(in_.Varint(in_.left() / least)); }
  std::string_view Text() { return in_.Bytes(in_.Varint()); }
  int Code() { return static_cast<int>(static_cast<uint32_t>(in_.Varint(std::numeric_limits<uint32_t>::max()))); }
  int32_t Day(int32_t base) {
    const int64_t distance = in_.Zigzag();
    constexpr int64_t kFarthest = int64_t{1} << 33;
    const int64_t day = distance < -kFarthest || distance > kFarthest ? kFarthest : base + distance;
    if (day >= std::numeric_limits<int32_t>::min() && day <= std::numeric_limits<int32_t>::max()) {
      return static_cast<int32_t>(day);
    }
    in_.Fail();
    return 0;
  }

  void ReadDate(v1::FuzzyDate& date) {
    date.set_first_day(Day(base_));
    date.set_last_day(Day(date.first_day()));
    const uint64_t bits = in_.Varint(uint64_t{std::numeric_limits<uint32_t>::max()} << 3 | 7);
    date.set_precision(static_cast<v1::DatePrecision::Code>(static_cast<uint32_t>(bits >> 3)));
    date.set_uncertain(bits & 4);
    date.set_year_inferred(bits & 2);
    date.set_approximate(bits & 1);
    date.set_part(static_cast<v1::DayPart::Code>(Code()));
  }

  void ReadPeriod(v1::Period& period) {
    const uint64_t bits = in_.Varint(7);
    if (bits & 1) ReadDate(*period.mutable_from());
    if (bits & 2) ReadDate(*period.mutable_to());
    period.set_open_end(bits & 4);
  }

  void ReadPlace(Row::Place& place) {
    if (const auto id = Uuid::FromBytes(in_.Bytes(Uuid::kSize))) place.id = *id;
    const uint64_t size = in_.Varint();
    place.has_name = size > 0;
    if (place.has_name) place.name = in_.Bytes(size - 1);
  }

  void ReadRelation(Row::Relation& relation) {
    relation.from = Text();
    relation.to = Text();
    relation.type = static_cast<v1::RelationType::Code>(Code());
    relation.negated = in_.Varint(1) != 0;
    relation.accounts.resize(Count(kLeastAccount));
    for (v1::Account& account : relation.accounts) {
      const bool has_period = in_.Varint(1) != 0;
      account.set_source(std::string(Text()));
      account.set_place(std::string(Text()));
      account.set_stance(static_cast<v1::Stance::Code>(Code()));
      account.set_modality(static_cast<v1::Modality::Code>(Code()));
      if (has_period) ReadPeriod(*account.mutable_period());
    }
  }

  Reader in_;
  int32_t base_ = 0;
};

Status Damaged() { return DataLoss("a row of the text index is damaged"); }

// The beginning; `in` stands behind it.
std::optional<RowView> ReadHead(Reader& in) {
  const std::optional<Uuid> id = Uuid::FromBytes(in.Bytes(Uuid::kSize));
  const uint8_t kind = in.Raw<uint8_t>();
  const std::string_view title = in.Bytes(in.Varint());
  if (!in.ok() || !id || kind == v1::RecordKind::UNSET || !v1::RecordKind::Code_IsValid(kind)) return std::nullopt;
  return RowView{*id, static_cast<Kind>(kind), title};
}

}  // namespace

std::string EncodeRow(const Row& row) {
  std::string out(row.id.bytes());
  out.push_back(static_cast<char>(row.kind));
  PutText(out, row.title);
  const uint64_t flags = FlagsOf(row);
  PutVarint(out, flags);
  if (!(flags & kShowsUuid)) PutText(out, row.display_id);
  PutVarint(out, row.codes.size());
  for (const int code : row.codes) PutVarint(out, static_cast<uint32_t>(code));
  const int32_t base = flags & kHasDays ? *row.first_day : 0;
  if (flags & kHasDays) {
    PutZigzag(out, base);
    PutZigzag(out, int64_t{*row.last_day} - base);
  }
  if (row.day) PutZigzag(out, int64_t{*row.day} - base);
  PutVarint(out, row.dates.size());
  for (const v1::FuzzyDate& date : row.dates) PutDate(out, date, base);
  if (row.period) PutPeriod(out, *row.period, base);
  PutVarint(out, row.places.size());
  for (const Row::Place& place : row.places) {
    out += place.id.bytes();
    PutVarint(out, place.has_name ? place.name.size() + 1 : 0);
    if (place.has_name) out += place.name;
  }
  PutText(out, row.country);
  if (row.relation) PutRelation(out, *row.relation, base);
  return out;
}

Status DecodeWholeRow(std::string_view bytes, Row& row) {
  Reader in(bytes);
  const std::optional<RowView> head = ReadHead(in);
  if (!head) return Damaged();
  row.id = head->id;
  row.kind = head->kind;
  row.title = head->title;
  return RowReader(bytes.substr(bytes.size() - in.left())).Read(row) ? OkStatus() : Damaged();
}

StatusOr<Row> DecodeWholeRow(std::string_view bytes) {
  Row row;
  DAFTAR_RETURN_IF_ERROR(DecodeWholeRow(bytes, row));
  return row;
}

StatusOr<RowView> DecodeRow(std::string_view bytes) {
  Reader in(bytes);
  const std::optional<RowView> head = ReadHead(in);
  if (!head) return Damaged();
  return *head;
}

}  // namespace daftar::search
