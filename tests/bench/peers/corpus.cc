#include "tests/bench/peers/corpus.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>

#include "storage/model/record.h"
#include "storage/search/record_doc.h"

namespace daftar::bench {
namespace {

// Machine-made, read by the same program: numbers as they lie in memory.
template <typename Number>
void Put(std::string& out, Number value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}
void PutString(std::string& out, std::string_view text) {
  Put(out, static_cast<uint32_t>(text.size()));
  out += text;
}

class Reader {
 public:
  explicit Reader(const char* at) : at_(at) {}
  template <typename Number>
  Number Take() {
    Number value;
    std::memcpy(&value, at_, sizeof(value));
    at_ += sizeof(value);
    return value;
  }
  std::string TakeString() {
    const uint32_t size = Take<uint32_t>();
    std::string text(at_, size);
    at_ += size;
    return text;
  }

 private:
  const char* at_;
};

std::string Encode(const BenchDoc& doc) {
  std::string out;
  Put(out, doc.rid);
  Put(out, doc.day);
  Put(out, doc.first_day);
  Put(out, doc.last_day);
  Put(out, doc.kind);
  Put(out, doc.searchable);
  for (const std::string* text : {&doc.id, &doc.stored, &doc.title}) PutString(out, *text);
  for (const std::vector<std::string>* list : {&doc.countries, &doc.actors}) {
    Put(out, static_cast<uint32_t>(list->size()));
    for (const std::string& text : *list) PutString(out, text);
  }
  Put(out, static_cast<uint32_t>(doc.texts.size()));
  for (const BenchDoc::Text& text : doc.texts) {
    Put(out, text.name);
    PutString(out, text.text);
  }
  return out;
}

BenchDoc Decode(const char* at) {
  Reader in(at);
  BenchDoc doc;
  doc.rid = in.Take<uint32_t>();
  doc.day = in.Take<int32_t>();
  doc.first_day = in.Take<int32_t>();
  doc.last_day = in.Take<int32_t>();
  doc.kind = in.Take<uint8_t>();
  doc.searchable = in.Take<bool>();
  for (std::string* text : {&doc.id, &doc.stored, &doc.title}) *text = in.TakeString();
  for (std::vector<std::string>* list : {&doc.countries, &doc.actors}) {
    list->resize(in.Take<uint32_t>());
    for (std::string& text : *list) text = in.TakeString();
  }
  doc.texts.resize(in.Take<uint32_t>());
  for (BenchDoc::Text& text : doc.texts) {
    text.name = in.Take<bool>();
    text.text = in.TakeString();
  }
  return doc;
}

// What Daftar's index is told of a record is what the others are told.
StatusOr<BenchDoc> Describe(const gen::Generator& generator, Rid rid, const Record& record) {
  const RecordLookup lookup = [&generator](const Uuid& id) -> StatusOr<std::optional<Record>> {
    const std::optional<Rid> found = generator.RidOf(id);
    return found ? std::optional(generator.At(*found)) : std::nullopt;
  };
  DAFTAR_ASSIGN_OR_RETURN(search::IndexDoc indexed, search::DocOf(rid, record, lookup));
  BenchDoc doc;
  doc.rid = rid;
  doc.day = indexed.day;
  if (doc.day != search::kNoDay) doc.first_day = doc.last_day = doc.day;
  for (const search::IndexDoc::Span& span : indexed.spans) {
    doc.first_day = std::min(doc.first_day, span.first);
    doc.last_day = std::max(doc.last_day, span.last);
  }
  doc.kind = static_cast<uint8_t>(record.kind());
  doc.searchable = record.retirement() == nullptr;
  doc.id = record.id().str();
  v1::StoredRecord stored;
  stored.set_id(doc.id);
  stored.set_kind(record.kind());
  stored.set_created(1);
  stored.set_revision(1);
  stored.set_body(record.message().SerializeAsString());
  doc.stored = stored.SerializeAsString();
  doc.title = DisplayName(record);
  for (const std::string& term : indexed.terms) {
    if (term[0] == search::term_class::kCountry) doc.countries.push_back(term.substr(1));
    if (term[0] == search::term_class::kActor) doc.actors.push_back(term.substr(1));
  }
  DAFTAR_ASSIGN_OR_RETURN(const search::Row row, search::DecodeWholeRow(indexed.row));
  std::stable_partition(doc.countries.begin(), doc.countries.end(),
                        [&row](const std::string& country) { return country == row.country; });
  for (search::IndexDoc::Text& text : indexed.texts) doc.texts.push_back({text.name, std::move(text.text)});
  return doc;
}

}  // namespace

Status Corpus::Make(const std::string& folder, const gen::GeneratorOptions& options) {
  gen::Generator generator(options);
  if (generator.total() > kMostRecords) return InvalidArgument("at most 16 million records can be compared");
  std::ofstream out(folder + "/corpus", std::ios::binary);
  std::string offsets;
  uint64_t at = 0;
  for (Rid rid = 1; const std::optional<Record> record = generator.Next(); ++rid) {
    DAFTAR_ASSIGN_OR_RETURN(const BenchDoc doc, Describe(generator, rid, *record));
    const std::string bytes = Encode(doc);
    out << bytes;
    Put(offsets, at);
    at += bytes.size();
  }
  out << offsets;
  std::string tail;
  Put(tail, generator.total());
  out << tail;
  out.close();
  if (!out) return ResourceExhausted("cannot write " + folder + "/corpus: is the disk full?");
  return OkStatus();
}

StatusOr<std::unique_ptr<Corpus>> Corpus::Open(const std::string& folder) {
  const std::string path = folder + "/corpus";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return NotFound("there is no " + path);
  struct stat stat {};
  fstat(file, &stat);
  const size_t size = static_cast<size_t>(stat.st_size);
  void* const map = size < 8 ? MAP_FAILED : mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (map == MAP_FAILED) return DataLoss("cannot read " + path);
  std::unique_ptr<Corpus> corpus(new Corpus);
  corpus->bytes_ = {static_cast<const char*>(map), size};
  uint64_t count;
  std::memcpy(&count, corpus->bytes_.data() + size - 8, 8);
  if (count > kMostRecords || size < 8 + 8 * count) return DataLoss(path + " is not whole");
  corpus->offsets_.resize(count);
  std::memcpy(corpus->offsets_.data(), corpus->bytes_.data() + size - 8 - 8 * count, 8 * count);
  return corpus;
}

Corpus::~Corpus() {
  if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

BenchDoc Corpus::At(uint32_t rid) const { return Decode(bytes_.data() + offsets_[rid - 1]); }

std::vector<uint32_t> Corpus::ByDay() const {
  std::vector<int64_t> keys;
  for (uint32_t rid = 1; rid <= size(); ++rid) {
    int32_t day;
    std::memcpy(&day, bytes_.data() + offsets_[rid - 1] + sizeof(uint32_t), sizeof(day));
    keys.push_back(NewestKey(day, rid));
  }
  std::sort(keys.begin(), keys.end());
  std::vector<uint32_t> rids;
  for (const int64_t key : keys) rids.push_back(RidOfNewestKey(key));
  return rids;
}

}  // namespace daftar::bench
