#include "storage/view/change_columns.h"

#include <algorithm>

#include "storage/model/parts.h"
#include "storage/view/columns.h"
#include "storage/view/commit_columns.h"

namespace daftar {
namespace {

constexpr uint32_t kRemoved = 7;  // a wire type that does not exist

// The forms of a change.
constexpr uint64_t kPatch = 0, kWhole = 1, kStub = 2;

using Column = std::vector<uint64_t>;

// What the revisions of commits are told from.
Revision LastOf(const ChangeSet& set) { return set.changes.empty() ? 0 : set.changes.back().revision; }

// --- writing

void PutWholes(std::string& out, const ChangeSet& set) {
  Column kind, age;
  std::string ids;
  for (const RecordChange& change : set.changes) {
    if (!change.whole) continue;
    kind.push_back(static_cast<uint64_t>(change.kind));
    age.push_back(change.revision - change.created);
    ids += change.id.bytes();
  }
  PutColumn(out, kind);
  PutColumn(out, age);
  out += ids;
}

void PutParts(std::string& out, const ChangeSet& set) {
  Column tags, ages, sizes, keys;
  std::string values;
  for (const RecordChange& change : set.changes) {
    for (const PartChange& part : change.parts) {
      ages.push_back(change.revision - part.revision);
      uint64_t tag = uint64_t{part.id.first} << 3 | kRemoved;
      std::string_view rest = part.value;
      if (rest.empty()) {
        if (part.id.second != 0) keys.push_back(part.id.second);
      } else {
        TakeVarint(rest, tag);
      }
      tags.push_back(tag);
      sizes.push_back(rest.size());
      values += rest;
    }
  }
  PutColumn(out, tags);
  PutColumn(out, ages);
  PutColumn(out, sizes);
  PutColumn(out, keys);
  out += values;
}

// --- reading

Status CutShort() { return InvalidArgument("a frame is shorter than it claims"); }

// The key that an item's wire form behind its first tag begins with; 0 if it does not.
uint64_t KeyOfItem(std::string_view bytes) {
  uint64_t size = 0, key = 0;
  const bool found = TakeVarint(bytes, size) && !bytes.empty() && bytes.front() == '\x08' &&
                     (bytes.remove_prefix(1), TakeVarint(bytes, key));
  return found ? key : 0;
}

class Reader {
 public:
  explicit Reader(std::string_view body) : rest_(body) {}

  StatusOr<ChangeSet> Read() {
    uint64_t changes = 0;
    if (!TakeVarint(rest_, changes)) return CutShort();
    if (changes > kMaxChangesPerFrame) return InvalidArgument("a frame holds too many records");
    set_.changes.resize(changes);
    DAFTAR_RETURN_IF_ERROR(ReadHeads());
    DAFTAR_RETURN_IF_ERROR(ReadWholes());
    DAFTAR_RETURN_IF_ERROR(ReadParts());
    DAFTAR_ASSIGN_OR_RETURN(set_.commits, TakeCommits(rest_, LastOf(set_), kMaxFrameBody));
    if (!rest_.empty()) return InvalidArgument("a frame holds more than its changes");
    return std::move(set_);
  }

 private:
  Status ReadHeads() {
    const size_t count = set_.changes.size();
    DAFTAR_ASSIGN_OR_RETURN(const Column form, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(const Column rid, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(const Column revision, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(const Column parts, TakeColumn(rest_, count));
    size_t total = 0;
    for (size_t i = 0; i < count; ++i) {
      if (form[i] > kStub) return InvalidArgument("a change is of an unknown form");
      if (rid[i] == 0 || rid[i] > UINT32_MAX) return InvalidArgument("a frame names a record that cannot be");
      if (revision[i] == 0 || revision[i] > INT64_MAX)
        return InvalidArgument("a frame names a revision that cannot be");
      if (parts[i] > kMaxPartsPerFrame - total) return InvalidArgument("a frame holds too many parts");
      total += parts[i];
      RecordChange& change = set_.changes[i];
      change.whole = form[i] != kPatch;
      change.stub = form[i] == kStub;
      change.rid = static_cast<Rid>(rid[i]);
      change.revision = revision[i];
      change.parts.resize(parts[i]);
    }
    parts_ = total;
    return OkStatus();
  }

  Status ReadWholes() {
    const size_t wholes = static_cast<size_t>(
        std::count_if(set_.changes.begin(), set_.changes.end(), [](const RecordChange& c) { return c.whole; }));
    DAFTAR_ASSIGN_OR_RETURN(const Column kind, TakeColumn(rest_, wholes));
    DAFTAR_ASSIGN_OR_RETURN(const Column age, TakeColumn(rest_, wholes));
    if (rest_.size() / Uuid::kSize < wholes) return CutShort();
    size_t next = 0;
    for (RecordChange& change : set_.changes) {
      if (!change.whole) continue;
      if (kind[next] > INT32_MAX) return InvalidArgument("a record is of a kind that cannot be");
      if (age[next] >= change.revision) return InvalidArgument("a record was created after it changed");
      change.kind = static_cast<Kind>(kind[next]);
      change.created = change.revision - age[next];
      change.id = *Uuid::FromBytes(rest_.substr(0, Uuid::kSize));
      rest_.remove_prefix(Uuid::kSize);
      ++next;
    }
    return OkStatus();
  }

  Status ReadParts() {
    DAFTAR_ASSIGN_OR_RETURN(const Column tags, TakeColumn(rest_, parts_));
    DAFTAR_ASSIGN_OR_RETURN(const Column ages, TakeColumn(rest_, parts_));
    DAFTAR_ASSIGN_OR_RETURN(const Column sizes, TakeColumn(rest_, parts_));
    const size_t removed_items = static_cast<size_t>(std::count_if(tags.begin(), tags.end(), [](uint64_t tag) {
      return (tag & 7) == kRemoved && IsCollection(static_cast<uint32_t>(tag >> 3));
    }));
    DAFTAR_ASSIGN_OR_RETURN(const Column keys, TakeColumn(rest_, removed_items));
    size_t next = 0, next_key = 0;
    for (RecordChange& change : set_.changes) {
      for (PartChange& part : change.parts) {
        if (ages[next] >= change.revision) return InvalidArgument("a part was set before the first revision");
        part.revision = change.revision - ages[next];
        DAFTAR_RETURN_IF_ERROR(ReadValue(tags[next], sizes[next], keys, next_key, part));
        if (&part != change.parts.data() && (&part - 1)->id >= part.id)
          return InvalidArgument("the parts of a frame are not in order");
        ++next;
      }
    }
    return OkStatus();
  }

  Status ReadValue(uint64_t tag, uint64_t size, const Column& keys, size_t& next_key, PartChange& part) {
    if (tag >> 3 == 0 || tag >> 3 > 0x1fffffff) return InvalidArgument("a part of a field that cannot be");
    if (size > rest_.size()) return CutShort();
    part.id.first = static_cast<uint32_t>(tag >> 3);
    if ((tag & 7) == kRemoved) {
      if (size != 0) return InvalidArgument("a part that was removed has a value");
      if (IsCollection(part.id.first)) part.id.second = keys[next_key++];
      return CheckPartValue(part.id, "");
    }
    const std::string_view value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    if (IsCollection(part.id.first)) part.id.second = KeyOfItem(value);
    PutVarint(part.value, tag);
    part.value += value;
    return CheckPartValue(part.id, part.value);
  }

  std::string_view rest_;
  ChangeSet set_;
  size_t parts_ = 0;
};

}  // namespace

std::string EncodeChanges(const ChangeSet& set) {
  std::string out;
  PutVarint(out, set.changes.size());
  Column form, rid, revision, parts;
  for (const RecordChange& change : set.changes) {
    form.push_back(change.stub ? kStub : change.whole ? kWhole : kPatch);
    rid.push_back(change.rid);
    revision.push_back(change.revision);
    parts.push_back(change.parts.size());
  }
  for (const Column* column : {&form, &rid, &revision, &parts}) PutColumn(out, *column);
  PutWholes(out, set);
  PutParts(out, set);
  PutCommits(out, set.commits, LastOf(set));
  return out;
}

StatusOr<ChangeSet> DecodeChanges(std::string_view body) { return Reader(body).Read(); }

}  // namespace daftar
