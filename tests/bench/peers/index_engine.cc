// Daftar's text index alone, in one segment over a plain table, with the records beside it.
#include <algorithm>
#include <array>
#include <iostream>
#include <unordered_set>
#include <utility>

#include "daftar/v1/codes.pb.h"
#include "storage/base/bytes.h"
#include "storage/lmdb/lmdb.h"
#include "storage/search/index/merge.h"
#include "storage/search/index/searcher.h"
#include "storage/search/index/segment_builder.h"
#include "tests/bench/peers/engine.h"

namespace daftar::bench {
namespace {

using search::Node;
using search::Section;
using search::Segment;

enum Index : size_t { kRecord, kId, kBlock };
constexpr const char* kTables[] = {"record", "id", "block"};

// So many documents are joined in memory before they become a segment.
constexpr uint32_t kSegmentDocs = 200'000;
constexpr size_t kBytesInTransaction = 100u << 20;

std::string U32(uint32_t value) {
  std::string key;
  PutU32(key, value);
  return key;
}

std::string BlockKey(uint32_t segment, Section section, uint32_t number) {
  std::string key = U32(segment);
  key += static_cast<char>(section);
  PutU32(key, number);
  return key;
}

StatusOr<std::unique_ptr<lmdb::Environment>> OpenStore(const std::string& folder) {
  lmdb::Options options;
  options.map_bytes = 64ull << 30;
  return lmdb::Environment::Open(folder + "/store", options, kTables);
}

// Writes that become durable some at a time.
class Batches {
 public:
  explicit Batches(lmdb::Environment& env) : env_(env) {}
  Status Put(Index table, std::string_view key, std::string_view value, bool append) {
    if (!txn_) {
      DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
      txn_.emplace(std::move(txn));
    }
    DAFTAR_RETURN_IF_ERROR(append ? txn_->Append(env_.table(table), key, value)
                                  : txn_->Put(env_.table(table), key, value));
    bytes_ += key.size() + value.size();
    return bytes_ < kBytesInTransaction ? OkStatus() : Commit();
  }
  Status Commit() {
    bytes_ = 0;
    if (!txn_) return OkStatus();
    const Status done = txn_->Commit();
    txn_.reset();
    return done;
  }

 private:
  lmdb::Environment& env_;
  std::optional<lmdb::WriteTxn> txn_;
  size_t bytes_ = 0;
};

class StoreSink final : public search::BlockSink {
 public:
  explicit StoreSink(Batches& batches) : batches_(batches) {}
  Status Write(uint32_t segment, Section section, uint32_t number, std::string_view block) override {
    bytes_[static_cast<size_t>(section)] += block.size();
    return batches_.Put(kBlock, BlockKey(segment, section, number), block, false);
  }
  const std::array<uint64_t, search::kSections>& bytes() const { return bytes_; }

 private:
  Batches& batches_;
  std::array<uint64_t, search::kSections> bytes_{};
};

// Verifies each block once.
class StoreSource final : public search::BlockSource {
 public:
  using Verified = std::unordered_set<uint64_t>;
  StoreSource(const lmdb::ReadTxn& txn, lmdb::Table table, Verified& verified)
      : txn_(txn), table_(table), verified_(verified) {}
  StatusOr<std::string_view> Read(uint32_t segment, Section section, uint32_t number) const override {
    const uint64_t note = uint64_t{segment} << 40 | uint64_t{static_cast<uint8_t>(section)} << 32 | number;
    const std::string key = BlockKey(segment, section, number);
    const bool known = verified_.contains(note);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> block,
                            known ? txn_.GetTrusted(table_, key) : txn_.Get(table_, key));
    if (!block) return NotFound("a block of the text index is missing");
    if (!known) verified_.insert(note);
    return *block;
  }

 private:
  const lmdb::ReadTxn& txn_;
  const lmdb::Table table_;
  Verified& verified_;
};

std::string EncodeRow(const BenchDoc& doc) {
  std::string row = doc.id;
  row += doc.countries.empty() ? std::string(2, ' ') : doc.countries[0];
  return row += doc.title;
}

search::IndexDoc IndexDocOf(const BenchDoc& doc) {
  search::IndexDoc out;
  out.rid = doc.rid;
  out.day = doc.day == INT32_MIN ? search::kNoDay : doc.day;
  for (const BenchDoc::Text& text : doc.texts) out.texts.push_back({text.name, text.text});
  for (const std::string& country : doc.countries) out.terms.push_back(search::term_class::kCountry + country);
  for (const std::string& actor : doc.actors) out.terms.push_back(search::term_class::kActor + actor);
  out.terms.push_back(search::term_class::kKind +
                      v1::RecordKind::Code_Name(static_cast<v1::RecordKind::Code>(doc.kind)));
  if (doc.first_day < doc.last_day) out.spans.push_back({doc.first_day, doc.last_day});
  out.row = EncodeRow(doc);
  return out;
}

Status Load(const Corpus& corpus, const std::string& folder, LoadTimes& times) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<lmdb::Environment> env, OpenStore(folder));
  Batches batches(*env);
  StoreSink sink(batches);
  search::MemoryBlocks parts;
  std::vector<Segment> segments;
  search::SegmentBuilder builder;
  uint32_t next_segment = 1;
  const auto flush = [&]() -> Status {
    if (builder.docs() == 0) return OkStatus();
    const uint32_t number = next_segment++;
    DAFTAR_RETURN_IF_ERROR(builder.Write(parts, number).status());
    DAFTAR_ASSIGN_OR_RETURN(Segment segment, Segment::Open(parts, number));
    segments.push_back(std::move(segment));
    builder = search::SegmentBuilder();
    return OkStatus();
  };
  const auto add = [&](const BenchDoc& doc) -> Status {
    DAFTAR_RETURN_IF_ERROR(batches.Put(kRecord, U32(doc.rid), doc.stored, true));
    DAFTAR_RETURN_IF_ERROR(batches.Put(kId, doc.id, U32(doc.rid), true));
    if (doc.searchable) builder.Add(IndexDocOf(doc));
    return builder.docs() < kSegmentDocs ? OkStatus() : flush();
  };
  DAFTAR_RETURN_IF_ERROR(FeedTimed(corpus, InOrderOfRid(corpus), times.texts, add));
  times.texts.Start();
  DAFTAR_RETURN_IF_ERROR(flush());
  std::vector<const Segment*> inputs;
  for (const Segment& segment : segments) inputs.push_back(&segment);
  DAFTAR_RETURN_IF_ERROR(search::MergeSegments(inputs, sink, 0, nullptr).status());
  DAFTAR_RETURN_IF_ERROR(batches.Commit());
  times.texts.Stop();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<lmdb::TableStats> tables, env->Stats());
  for (const lmdb::TableStats& table : tables) {
    std::cerr << "  " << table.name << ": " << table.entries << " rows, " << HumanBytes(table.bytes) << '\n';
  }
  for (size_t section = 0; section < search::kSections; ++section) {
    std::cerr << "  section " << section << ": " << HumanBytes(sink.bytes()[section]) << '\n';
  }
  return OkStatus();
}

Node NodeOf(Node::Op op, std::string_view text = "") {
  Node node;
  node.op = op;
  node.text = text;
  return node;
}

Node QueryOf(const Question& question) {
  std::vector<Node> all;
  switch (question.form) {
    case Question::Form::kPrefix:
      all.push_back(NodeOf(Node::Op::kWord, question.words[0]));
      all.back().prefix = true;
      break;
    case Question::Form::kPhrase: {
      std::string text;
      for (const std::string& word : question.words) text += (text.empty() ? "" : " ") + word;
      all.push_back(NodeOf(Node::Op::kPhrase, text));
      break;
    }
    case Question::Form::kWords:
      for (const std::string& word : question.words) {
        all.push_back(NodeOf(Node::Op::kWord, word));
        all.back().exact = true;
      }
  }
  if (!question.country.empty()) {
    all.push_back(NodeOf(Node::Op::kCode));
    all.back().field = search::Field::kCountry;
    all.back().codes = {question.country};
  }
  if (question.has_days()) {
    all.push_back(NodeOf(Node::Op::kDays));
    all.back().first_day = question.first_day;
    all.back().last_day = question.last_day;
  }
  if (!question.actor.empty()) {
    all.push_back(NodeOf(Node::Op::kNamed, question.actor));
    all.back().field = search::Field::kActor;
  }
  if (all.size() == 1) return all[0];
  Node both = NodeOf(Node::Op::kAnd);
  both.children = std::move(all);
  return both;
}

class IndexEngine final : public Engine {
 public:
  Status Open(const std::string& folder) {
    DAFTAR_ASSIGN_OR_RETURN(env_, OpenStore(folder));
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    const StoreSource source(txn, env_->table(kBlock), verified_);
    DAFTAR_ASSIGN_OR_RETURN(const Segment segment, Segment::Open(source, 0));
    header_ = std::make_shared<const search::SegmentHeader>(segment.header());
    return OkStatus();
  }

  StatusOr<Answer> Ask(const Question& question) override {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    const StoreSource source(txn, env_->table(kBlock), verified_);
    const Segment segment(source, 0, header_);
    DAFTAR_ASSIGN_OR_RETURN(const search::IndexResult found, Search(segment, QueryOf(question), question));
    Answer answer{found.total, {}};
    for (const search::IndexHit& hit : found.hits) answer.rids.push_back(hit.rid);
    return answer;
  }

  StatusOr<size_t> ReadRecord(std::string_view id) override {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> rid, txn.Get(env_->table(kId), id));
    if (!rid) return NotFound("there is no such record");
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored, txn.Get(env_->table(kRecord), *rid));
    if (!stored) return DataLoss("an id leads nowhere");
    return DecodeStored(*stored);
  }

  StatusOr<std::vector<ListRow>> NewestIncidents(size_t limit) override {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    const StoreSource source(txn, env_->table(kBlock), verified_);
    const Segment segment(source, 0, header_);
    Node node = NodeOf(Node::Op::kCode);
    node.field = search::Field::kKind;
    node.codes = {"INCIDENT"};
    Question question;
    question.newest = true;
    question.limit = limit;
    DAFTAR_ASSIGN_OR_RETURN(const search::IndexResult found, Search(segment, node, question));
    std::vector<ListRow> rows;
    // In a day the highest rid comes first here.
    for (const search::IndexHit& hit : found.hits) {
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view row, segment.RowOf(hit.doc));
      rows.push_back(
          {std::string(row.substr(0, 16)), hit.day, std::string(row.substr(18)), std::string(row.substr(16, 2))});
    }
    return rows;
  }

 private:
  static StatusOr<search::IndexResult> Search(const Segment& segment, const Node& node, const Question& question) {
    search::SearchOptions options;
    options.limit = question.limit;
    options.sort = question.newest ? search::Sort::kNewest : search::Sort::kRelevance;
    options.meaning_of = [](const Node& named) -> StatusOr<search::Meaning> {
      return search::Meaning{{search::term_class::kActor + named.text}, {}};
    };
    const Segment* const list[] = {&segment};
    return SearchIndex(list, node, options);
  }

  std::unique_ptr<lmdb::Environment> env_;
  StoreSource::Verified verified_;
  std::shared_ptr<const search::SegmentHeader> header_;
};

StatusOr<std::unique_ptr<Engine>> OpenIndex(const std::string& folder) {
  auto engine = std::make_unique<IndexEngine>();
  DAFTAR_RETURN_IF_ERROR(engine->Open(folder));
  return engine;
}

}  // namespace

const EngineKind kIndex = {"index", "Daftar's text index alone, one segment", Load, OpenIndex};

}  // namespace daftar::bench
