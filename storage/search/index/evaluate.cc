#include "storage/search/index/evaluate.h"

#include <algorithm>

#include "storage/search/index/filters.h"

namespace daftar::search {
namespace {

using Op = Node::Op;

DocSet AllOf(const Segment& segment, uint32_t chunk) {
  return DocSet::FirstOf(std::min(kChunkDocs, segment.docs() - chunk * kChunkDocs));
}

Status EvaluateAnd(const Segment& segment, PlanNode& plan, uint32_t chunk, DocSet& out) {
  DocSet own;
  for (size_t i = 0; i < plan.children.size(); ++i) {
    PlanNode& child = plan.children[i];
    if (child.op == Op::kNot) {
      DAFTAR_RETURN_IF_ERROR(EvaluateChunk(segment, child.children[0], chunk, own));
      out.AndNot(own);
    } else if (i == 0) {
      DAFTAR_RETURN_IF_ERROR(EvaluateChunk(segment, child, chunk, out));
    } else if (child.leaf != nullptr) {
      DAFTAR_RETURN_IF_ERROR(child.leaf->Seek(chunk));
      out.And(child.leaf->any());
    } else {
      DAFTAR_RETURN_IF_ERROR(EvaluateChunk(segment, child, chunk, own));
      out.And(own);
    }
    if (out.empty()) return OkStatus();
  }
  return OkStatus();
}

}  // namespace

Status EvaluateChunk(const Segment& segment, PlanNode& plan, uint32_t chunk, DocSet& out) {
  out.Clear();
  if (plan.condition != nullptr) return FilterChunk(segment, *plan.condition, chunk, out);
  switch (plan.op) {
    case Op::kEverything:
      out = AllOf(segment, chunk);
      return OkStatus();
    case Op::kAnd:
      return EvaluateAnd(segment, plan, chunk, out);
    case Op::kOr: {
      DocSet own;
      for (PlanNode& child : plan.children) {
        DAFTAR_RETURN_IF_ERROR(EvaluateChunk(segment, child, chunk, own));
        out.Or(own);
      }
      return OkStatus();
    }
    case Op::kNot: {
      DocSet own;
      DAFTAR_RETURN_IF_ERROR(EvaluateChunk(segment, plan.children[0], chunk, own));
      out = AllOf(segment, chunk);
      out.AndNot(own);
      return OkStatus();
    }
    case Op::kPhrase:
      for (auto& [word, leaf] : plan.phrase_words) DAFTAR_RETURN_IF_ERROR(leaf->Seek(chunk));
      return plan.phrase == nullptr ? OkStatus() : plan.phrase->Docs(chunk, out);
    case Op::kNamed: {
      const uint32_t base = chunk * kChunkDocs;
      for (const uint32_t doc : plan.docs) {
        if (doc / kChunkDocs == chunk) out.Append(static_cast<uint16_t>(doc - base));
      }
      return OkStatus();
    }
    default:
      DAFTAR_RETURN_IF_ERROR(plan.leaf->Seek(chunk));
      out = plan.leaf->any();
      return OkStatus();
  }
}

}  // namespace daftar::search
