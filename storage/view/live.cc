#include "storage/view/live.h"

#include <zstd.h>

#include <string>

#include "storage/view/columns.h"
#include "storage/view/tables.h"

namespace daftar {
namespace {

constexpr int kCompressionLevel = 9;
constexpr size_t kMostRawBytes = kMostLiveNumbers * 4 + 64;

}  // namespace

StatusOr<v1::LiveRecords> EncodeLive(std::span<const Rid> rids) {
  v1::LiveRecords message;
  if (rids.empty()) return message;
  const Rid last = rids.back();
  const bool missing = rids.size() > last / 2;
  const size_t count = missing ? last - rids.size() : rids.size();
  if (count > kMostLiveNumbers) return ResourceExhausted("there are too many records to say which ones exist");
  std::vector<uint64_t> steps;
  steps.reserve(count);
  Rid before = 0, expected = 1;
  const auto add = [&](Rid rid) {
    steps.push_back(rid - before);
    before = rid;
  };
  for (const Rid rid : rids) {
    if (!missing) add(rid);
    for (; missing && expected < rid; ++expected) add(expected);
    expected = rid + 1;
  }
  std::string raw;
  PutColumn(raw, steps);
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  const size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kCompressionLevel);
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  if (size < raw.size()) {
    packed.resize(size);
    message.set_raw_size(static_cast<uint32_t>(raw.size()));
    raw = std::move(packed);
  }
  message.set_last(last);
  message.set_count(static_cast<uint32_t>(count));
  message.set_missing(missing);
  message.set_body(std::move(raw));
  return message;
}

StatusOr<LiveSet> LiveSet::From(const v1::LiveRecords& message) {
  if (message.count() > kMostLiveNumbers || message.raw_size() > kMostRawBytes || message.body().size() > kMostRawBytes)
    return InvalidArgument("a frame names more records than it may");
  std::string raw;
  std::string_view rest = message.body();
  if (message.raw_size() != 0) {
    raw.resize(message.raw_size());
    const size_t size = ZSTD_decompress(raw.data(), raw.size(), rest.data(), rest.size());
    if (ZSTD_isError(size) || size != raw.size())
      return InvalidArgument("the list of records that exist does not decompress to what it claims");
    rest = raw;
  }
  DAFTAR_ASSIGN_OR_RETURN(std::vector<uint64_t> numbers, TakeColumn(rest, message.count()));
  if (!rest.empty()) return InvalidArgument("the list of records that exist holds more than it claims");
  LiveSet set;
  set.last_ = message.last();
  set.missing_ = message.missing();
  uint64_t rid = 0;
  for (uint64_t& number : numbers) {
    const uint64_t step = number;
    rid += step;
    if (step == 0 || step > message.last() || rid > message.last())
      return InvalidArgument("the list of records that exist is out of order");
    number = rid;
  }
  set.named_ = std::move(numbers);
  return set;
}

bool LiveSet::Has(Rid rid) {
  if (rid == 0 || rid > last_) return false;
  while (next_ < named_.size() && named_[next_] < rid) ++next_;
  const bool named = next_ < named_.size() && named_[next_] == rid;
  return named != missing_;
}

StatusOr<std::vector<Rid>> AllRids(const lmdb::Environment& env, const lmdb::ReadTxn& txn) {
  std::vector<Rid> rids;
  lmdb::Cursor cursor = txn.Seek(env.table(tables::kRecord), "");
  while (cursor.valid() || cursor.at_damaged()) {
    rids.push_back(tables::RidOf(cursor.key()));
    cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return rids;
}

}  // namespace daftar
