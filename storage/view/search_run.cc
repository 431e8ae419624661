#include "storage/view/search_run.h"

#include <map>
#include <utility>

#include "storage/search/index/segment_builder.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using search::Field;
using search::kLaidSegment;
using search::Node;

constexpr int64_t kMsPerDay = 86'400'000;

// A node that whoever asks has to say the records of.
Node OwnNode(const Node& code) {
  Node own = code;
  own.op = Node::Op::kNamed;
  return own;
}

// The query with what it says of the reader's own: is:, and, if they have any, beside each tag of the dataset theirs.
Node WithOwn(Node node, bool tags) {
  for (Node& child : node.children) child = WithOwn(std::move(child), tags);
  if (node.op != Node::Op::kCode) return node;
  if (node.field == Field::kIs) return OwnNode(node);
  if (node.field != Field::kTag || !tags) return node;
  Node either;
  either.op = Node::Op::kOr;
  either.span = node.span;
  either.children = {node, OwnNode(node)};
  return either;
}

// What answers both: as flat as can be, which is what the index is fastest with.
Node AndNode(Node first, Node second) {
  if (first.op == Node::Op::kEverything) return second;
  if (first.op == Node::Op::kAnd) {
    first.children.push_back(std::move(second));
    return first;
  }
  Node node;
  node.op = Node::Op::kAnd;
  node.children = {std::move(first), std::move(second)};
  return node;
}

}  // namespace

Node CodeNode(search::Field field, std::string code) {
  Node node;
  node.op = Node::Op::kCode;
  node.field = field;
  node.codes = {std::move(code)};
  return node;
}

// Blocks of the store, with some more documents deleted, and those of one segment in memory.
class SearchRun::LaidBlocks final : public search::BlockSource {
 public:
  explicit LaidBlocks(const search::BlockSource& store) : store_(store) {}

  search::MemoryBlocks& own() { return own_; }
  Status Hide(const search::Segment& segment, uint32_t doc) {
    const std::pair key(segment.number(), doc / search::kChunkDocs);
    auto at = hidden_.find(key);
    if (at == hidden_.end()) {
      DAFTAR_ASSIGN_OR_RETURN(search::DocSet deleted, segment.Deleted(key.second));
      at = hidden_.emplace(key, std::pair(std::move(deleted), std::string())).first;
    }
    search::DocSet one;
    one.Append(static_cast<uint16_t>(doc % search::kChunkDocs));
    at->second.first.Or(one);
    return OkStatus();
  }
  void Seal() {
    for (auto& [key, hidden] : hidden_) hidden.first.Encode(hidden.second);
  }
  StatusOr<std::string_view> Read(uint32_t segment, search::Section section, uint32_t number) const override {
    if (segment == kLaidSegment) return own_.Read(segment, section, number);
    const auto at = section == search::Section::kDeleted ? hidden_.find({segment, number}) : hidden_.end();
    return at == hidden_.end() || at->second.second.empty() ? store_.Read(segment, section, number)
                                                            : StatusOr<std::string_view>(at->second.second);
  }

 private:
  const search::BlockSource& store_;
  search::MemoryBlocks own_;
  std::map<std::pair<uint32_t, uint32_t>, std::pair<search::DocSet, std::string>> hidden_;
};

SearchRun::SearchRun(const SearchRequest& request) : request_(request) {}
SearchRun::~SearchRun() = default;

StatusOr<std::unique_ptr<SearchRun>> SearchRun::Open(const lmdb::Environment& env, const lmdb::ReadTxn& txn,
                                                     SegmentCache* cache, const SearchRequest& request,
                                                     const FindRecord& find) {
  auto run = std::unique_ptr<SearchRun>(new SearchRun(request));
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env, txn));
  const int32_t today = request.today.value_or(static_cast<int32_t>(head.checkpoint().server_ms() / kMsPerDay));
  DAFTAR_ASSIGN_OR_RETURN(run->query_, search::ParseQuery(request.query, today));
  Node& root = run->query_.root;
  root = WithOwn(std::move(root), request.own_of != nullptr);
  if (request.changed_since) {
    Node changed;
    changed.op = Node::Op::kNamed;
    changed.field = Field::kChanged;
    root = AndNode(std::move(root), std::move(changed));
  }
  if (request.kind) {
    root = AndNode(std::move(root), CodeNode(Field::kKind, v1::RecordKind::Code_Name(*request.kind)));
  }
  DAFTAR_ASSIGN_OR_RETURN(const v1::IndexManifest manifest, LoadManifest(env, txn));
  run->stored_blocks_ = std::make_unique<const TextBlocks>(txn, env.table(tables::kText), cache);
  run->blocks_ = std::make_unique<LaidBlocks>(*run->stored_blocks_);
  DAFTAR_ASSIGN_OR_RETURN(run->segments_, OpenSegments(manifest, *run->blocks_, cache, request.overlay != nullptr));
  if (request.overlay != nullptr) DAFTAR_RETURN_IF_ERROR(run->Lay(*request.overlay, find));
  for (const auto& segment : run->segments_) run->list_.push_back(segment.get());
  return run;
}

Status SearchRun::Lay(const SearchOverlay& overlay, const FindRecord& find) {
  for (const Uuid& id : overlay.hidden) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<search::NamedRecord> record, find(id));
    for (size_t i = 0; record && i < segments_.size(); ++i) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> doc, segments_[i]->DocOf(record->rid, record->day));
      if (doc) DAFTAR_RETURN_IF_ERROR(blocks_->Hide(*segments_[i], *doc));
    }
  }
  blocks_->Seal();
  search::SegmentBuilder builder;
  for (const SearchOverlay::Laid& laid : overlay.laid) builder.Add(laid.doc);
  if (builder.docs() == 0) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(builder.Write(blocks_->own(), kLaidSegment).status());
  DAFTAR_ASSIGN_OR_RETURN(search::Segment laid, search::Segment::Open(*blocks_, kLaidSegment));
  segments_.push_back(std::make_unique<search::Segment>(std::move(laid)));
  return OkStatus();
}

bool SearchRun::IsLaid(size_t segment) const { return list_[segment]->number() == kLaidSegment; }

bool SearchRun::GoOn() {
  late_ = request_.clock != nullptr && request_.clock->MonotonicMs() > request_.deadline_ms;
  return !late_ && (request_.stop == nullptr || !request_.stop->load(std::memory_order_relaxed));
}

Status SearchRun::Stopped() const {
  if (!late_) return Cancelled("the search was stopped");
  return DeadlineExceeded("the search took longer than it was given; narrow it, or give it more time");
}

}  // namespace daftar
