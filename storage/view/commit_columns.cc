#include "storage/view/commit_columns.h"

#include <map>

#include "storage/view/columns.h"

namespace daftar {
namespace {

using Column = std::vector<uint64_t>;

constexpr size_t kMaxCommits = 16'384;

Status CutShort() { return InvalidArgument("the commits are cut short"); }

StatusOr<std::vector<std::string_view>> TakeTexts(std::string_view& bytes, size_t commits) {
  uint64_t count = 0;
  if (!TakeVarint(bytes, count)) return CutShort();
  if (count > 2 * commits) return InvalidArgument("there are more texts than the commits can have");
  std::vector<std::string_view> texts;
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t size = 0;
    if (!TakeVarint(bytes, size) || size > bytes.size()) return CutShort();
    texts.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return texts;
}

// Modulo 2^64: times from elsewhere may be any.
int64_t Difference(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}

}  // namespace

void PutCommits(std::string& out, std::span<const v1::CommitInfo> commits, Revision near) {
  PutVarint(out, commits.size());
  if (commits.empty()) return;
  std::map<std::string, uint64_t> numbers;
  std::string texts;
  const auto number_of = [&](const std::string& text) {
    const auto [at, added] = numbers.try_emplace(text, numbers.size());
    if (added) {
      PutVarint(texts, text.size());
      texts += text;
    }
    return at->second;
  };
  Column revision, author, reason, accepted, at;
  for (const v1::CommitInfo& commit : commits) {
    revision.push_back(ZigZag(static_cast<int64_t>(near - commit.revision())));
    author.push_back(number_of(commit.author()));
    reason.push_back(number_of(commit.reason()));
    accepted.push_back(static_cast<uint64_t>(commit.accepted_ms()));
    at.push_back(ZigZag(Difference(commit.accepted_ms(), commit.at_ms())));
  }
  PutVarint(out, numbers.size());
  out += texts;
  for (const Column* column : {&revision, &author, &reason, &accepted, &at}) PutColumn(out, *column);
}

StatusOr<std::vector<v1::CommitInfo>> TakeCommits(std::string_view& bytes, Revision near, size_t most_bytes) {
  uint64_t count = 0;
  if (!TakeVarint(bytes, count)) return CutShort();
  std::vector<v1::CommitInfo> commits;
  if (count == 0) return commits;
  if (count > kMaxCommits) return InvalidArgument("there are too many commits");
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string_view> texts, TakeTexts(bytes, count));
  DAFTAR_ASSIGN_OR_RETURN(const Column revision, TakeColumn(bytes, count));
  DAFTAR_ASSIGN_OR_RETURN(const Column author, TakeColumn(bytes, count));
  DAFTAR_ASSIGN_OR_RETURN(const Column reason, TakeColumn(bytes, count));
  DAFTAR_ASSIGN_OR_RETURN(const Column accepted, TakeColumn(bytes, count));
  DAFTAR_ASSIGN_OR_RETURN(const Column at, TakeColumn(bytes, count));
  size_t text_bytes = 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (author[i] >= texts.size() || reason[i] >= texts.size())
      return InvalidArgument("a commit has a text that is not there");
    text_bytes += texts[author[i]].size() + texts[reason[i]].size();
    if (text_bytes > most_bytes) return InvalidArgument("the texts of commits take more than they may");
    v1::CommitInfo& commit = commits.emplace_back();
    commit.set_revision(near - static_cast<uint64_t>(UnZigZag(revision[i])));
    commit.set_author(std::string(texts[author[i]]));
    commit.set_reason(std::string(texts[reason[i]]));
    commit.set_accepted_ms(static_cast<int64_t>(accepted[i]));
    commit.set_at_ms(static_cast<int64_t>(accepted[i] - static_cast<uint64_t>(UnZigZag(at[i]))));
  }
  return commits;
}

}  // namespace daftar
