#include "tools/ctl/bundle_words.h"

#include <utility>

#include "storage/bundle/file_source.h"

namespace daftar::ctl {
namespace {

constexpr int64_t kShowEveryMs = 100;

}  // namespace

std::string KindWord(v1::BundleKind::Code kind) {
  switch (kind) {
    case v1::BundleKind::SNAPSHOT:
      return "snapshot";
    case v1::BundleKind::DELTA:
      return "delta";
    case v1::BundleKind::OUTBOX:
      return "outbox";
    case v1::BundleKind::RECEIPTS:
      return "receipts";
    default:
      return "unknown";
  }
}

nlohmann::ordered_json KeyJson(const PublicKey& key) {
  return {{"key", key.ToString()}, {"fingerprint", key.Fingerprint()}};
}

std::string FileWords(const std::vector<std::string>& files) {
  if (files.empty()) return "nothing";
  if (files.size() == 1) return files.front();
  return files.front() + " to " + files.back() + " (" + std::to_string(files.size()) + " parts; all are needed)";
}

StatusOr<std::vector<std::string>> FindBundle(const std::string& path) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<std::string> files, bundle::FilesOfBundle(path));
  if (files.empty()) return NotFound("there is no bundle " + path + ", and no part " + path + ".001 of one");
  return files;
}

StepLine::~StepLine() {
  if (shown_) context_.talk << "\r\033[K" << std::flush;
}

bundle::Steps StepLine::Steps(std::function<bool()> go_on) {
  return [this, go_on = std::move(go_on)](uint64_t done, uint64_t total) {
    const int64_t now = context_.clock.MonotonicMs();
    if (context_.progress && (!shown_ || now - shown_ms_ >= kShowEveryMs)) {
      shown_ = true;
      shown_ms_ = now;
      context_.talk << "\r\033[K" << doing_ << ": " << done << (total > 0 ? " of " + std::to_string(total) : "") << " "
                    << unit_ << std::flush;
    }
    return go_on();
  };
}

}  // namespace daftar::ctl
