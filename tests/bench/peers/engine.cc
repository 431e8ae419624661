#include "tests/bench/peers/engine.h"

#include <ctime>
#include <numeric>

#include "storage/model/record.h"

namespace daftar::bench {
namespace {

double ProcessorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

void CpuTimer::Start() { started_ = ProcessorSeconds(); }
void CpuTimer::Stop() { seconds_ += ProcessorSeconds() - started_; }

std::vector<uint32_t> InOrderOfRid(const Corpus& corpus) {
  std::vector<uint32_t> rids(corpus.size());
  std::iota(rids.begin(), rids.end(), 1);
  return rids;
}

StatusOr<size_t> DecodeStored(std::string_view bytes) {
  v1::StoredRecord stored;
  if (!stored.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return DataLoss("a record does not parse");
  DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(stored));
  return record.id().is_nil() ? 0 : bytes.size();
}

}  // namespace daftar::bench
