#include "storage/view/changes.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

#include "storage/model/parts.h"

namespace daftar {
namespace {

constexpr int kCompressionLevel = 3;
constexpr size_t kMaxChangesPerFrame = 100'000;

// Reads the part columns from record to record, checking that none runs dry.
class ColumnReader {
 public:
  explicit ColumnReader(const v1::DeltaBody& body) : body_(body) {}

  Status Check() const {
    int parts = body_.field_size();
    int records = body_.rid_size();
    bool records_agree =
        body_.revision_size() == records && body_.whole_size() == records && body_.part_count_size() == records;
    bool parts_agree = body_.key_size() == parts && body_.part_revision_size() == parts && body_.size_size() == parts;
    bool wholes_agree = body_.created_size() == body_.kind_size() &&
                        body_.ids().size() == Uuid::kSize * static_cast<size_t>(body_.kind_size());
    if (!records_agree || !parts_agree || !wholes_agree)
      return InvalidArgument("the columns of a frame have different lengths");
    if (static_cast<size_t>(records) > kMaxChangesPerFrame) return InvalidArgument("a frame holds too many records");
    return OkStatus();
  }

  StatusOr<RecordChange> Read(int record) {
    RecordChange change;
    change.rid = body_.rid(record);
    change.revision = body_.revision(record);
    change.whole = body_.whole(record) != 0;
    if (change.whole) DAFTAR_RETURN_IF_ERROR(ReadWhole(change));
    uint32_t count = body_.part_count(record);
    if (count > static_cast<size_t>(body_.field_size() - part_))
      return InvalidArgument("a frame names more parts than it holds");
    for (uint32_t i = 0; i < count; ++i) {
      DAFTAR_ASSIGN_OR_RETURN(PartChange part, ReadPart(change.revision));
      if (!change.parts.empty() && change.parts.back().id >= part.id)
        return InvalidArgument("the parts of a frame are not in order");
      change.parts.push_back(std::move(part));
    }
    return change;
  }

  bool finished() const {
    return part_ == body_.field_size() && whole_ == body_.kind_size() && value_ == body_.values().size();
  }

 private:
  Status ReadWhole(RecordChange& change) {
    if (whole_ >= body_.kind_size()) return InvalidArgument("a frame names more whole records than it holds");
    change.kind = body_.kind(whole_);
    change.id =
        *Uuid::FromBytes(std::string_view(body_.ids()).substr(Uuid::kSize * static_cast<size_t>(whole_), Uuid::kSize));
    change.created = body_.created(whole_);
    ++whole_;
    if (change.created == 0 || change.created > change.revision)
      return InvalidArgument("a record was created after it changed");
    return OkStatus();
  }

  StatusOr<PartChange> ReadPart(Revision latest) {
    PartChange part{{body_.field(part_), body_.key(part_)}, body_.part_revision(part_), ""};
    size_t size = body_.size(part_);
    ++part_;
    if (size > body_.values().size() - value_) return InvalidArgument("a frame is shorter than its parts");
    if (part.revision == 0 || part.revision > latest) return InvalidArgument("a part is newer than its record");
    part.value = body_.values().substr(value_, size);
    value_ += size;
    DAFTAR_RETURN_IF_ERROR(CheckPartValue(part.id, part.value));
    return part;
  }

  const v1::DeltaBody& body_;
  int part_ = 0;
  int whole_ = 0;
  size_t value_ = 0;
};

}  // namespace

StatusOr<v1::DeltaFrame> EncodeFrame(const ChangeSet& set) {
  v1::DeltaBody body;
  for (const RecordChange& change : set.changes) {
    body.add_rid(change.rid);
    body.add_revision(change.revision);
    body.add_whole(change.whole);
    body.add_part_count(static_cast<uint32_t>(change.parts.size()));
    if (change.whole) {
      body.add_kind(change.kind);
      body.mutable_ids()->append(change.id.bytes());
      body.add_created(change.created);
    }
    for (const PartChange& part : change.parts) {
      body.add_field(part.id.first);
      body.add_key(part.id.second);
      body.add_part_revision(part.revision);
      body.add_size(static_cast<uint32_t>(part.value.size()));
      body.mutable_values()->append(part.value);
    }
  }
  for (const v1::CommitInfo& commit : set.commits) *body.add_commit() = commit;

  std::string raw = body.SerializeAsString();
  if (raw.size() > kMaxFrameBody) {
    return InvalidArgument("the changes take " + std::to_string(raw.size()) + " bytes, more than fits into a frame");
  }
  v1::DeltaFrame frame;
  frame.set_raw_size(static_cast<uint32_t>(raw.size()));
  std::string& packed = *frame.mutable_body();
  packed.resize(ZSTD_compressBound(raw.size()));
  size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), kCompressionLevel);
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  packed.resize(size);
  return frame;
}

StatusOr<ChangeSet> DecodeFrame(const v1::DeltaFrame& frame) {
  if (frame.dictionary() != 0) return InvalidArgument("a frame is compressed with a dictionary that is not known here");
  if (frame.raw_size() > kMaxFrameBody) return InvalidArgument("a frame claims to be larger than a frame may be");
  std::string raw(frame.raw_size(), '\0');
  size_t size = ZSTD_decompress(raw.data(), raw.size(), frame.body().data(), frame.body().size());
  if (ZSTD_isError(size) || size != raw.size()) return InvalidArgument("a frame does not decompress to what it claims");
  v1::DeltaBody body;
  if (!body.ParseFromString(raw)) return InvalidArgument("a frame does not parse");

  ColumnReader reader(body);
  DAFTAR_RETURN_IF_ERROR(reader.Check());
  ChangeSet set;
  for (int i = 0; i < body.rid_size(); ++i) {
    DAFTAR_ASSIGN_OR_RETURN(RecordChange change, reader.Read(i));
    set.changes.push_back(std::move(change));
  }
  if (!reader.finished()) return InvalidArgument("a frame holds more than its records");
  set.commits.assign(body.commit().begin(), body.commit().end());
  return set;
}

}  // namespace daftar
