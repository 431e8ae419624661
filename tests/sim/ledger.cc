#include "tests/sim/ledger.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace daftar::sim {
namespace {

constexpr size_t kDigits = 6;
constexpr char kBegin = 'q', kEnd = 'z';
constexpr double kFigures = 7'000'000;
constexpr uint64_t kMostValues = 1'000'000;  // of a run: as many as the digits say
constexpr char kBestFigure = 0x11;           // the tag of Toll.best and Amount.best: field 2, eight bytes

// The number that begins there in words; 0: none.
uint64_t InText(std::string_view bytes) {
  if (bytes.size() < kDigits + 2 || bytes[kDigits + 1] != kEnd) return 0;
  uint64_t number = 0;
  const char* const end = bytes.data() + 1 + kDigits;
  const auto read = std::from_chars(bytes.data() + 1, end, number);
  return read.ec == std::errc() && read.ptr == end ? number : 0;
}

// The same in a figure. Wire forms are little-endian, as the machines are that run this.
uint64_t InFigure(std::string_view bytes) {
  double figure = 0;
  if (bytes.size() < 1 + sizeof figure) return 0;
  std::memcpy(&figure, bytes.data() + 1, sizeof figure);
  const bool ours = figure > kFigures && figure < kFigures + kMostValues && figure == std::floor(figure);
  return ours ? static_cast<uint64_t>(figure - kFigures) : 0;
}

}  // namespace

std::string Values::Words(std::string_view what) {
  std::string digits = std::to_string(++last_);
  digits.insert(0, kDigits - std::min(kDigits, digits.size()), '0');
  return std::string(what) + " " + kBegin + digits + kEnd;
}

double Values::Figure() { return kFigures + static_cast<double>(++last_); }

void FindValues(std::string_view bytes, std::vector<uint64_t>& numbers) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c != kBegin && c != kBestFigure) continue;
    const uint64_t number = c == kBegin ? InText(bytes.substr(i)) : InFigure(bytes.substr(i));
    if (number != 0) numbers.push_back(number);
  }
}

const char* InWords(Whereabouts where) {
  constexpr const char* kWords[kWhereabouts] = {
      "in the record", "in its history", "in a conflict", "in a decided conflict",
      "in a draft",    "in a form",      "nowhere"};
  return kWords[static_cast<size_t>(where)];
}

std::string Ledger::Entry::InWords() const {
  const std::string place = part == PartId()
                                ? "in a form"
                                : "in part (" + std::to_string(part.first) + ", " + std::to_string(part.second) + ")";
  return "value " + std::to_string(value) + ", entered by editor " + std::to_string(client) + " as edit " +
         std::to_string(edit) + ", " + place + " of record " + record.ToString();
}

void Ledger::Put(Entry entry, uint64_t after, uint64_t last) {
  for (entry.value = after + 1; entry.value <= last; ++entry.value) entries_.push_back(entry);
}

void Ledger::Enter(int client, uint64_t edit, const v1::Mutation& mutation, uint64_t after, uint64_t last) {
  const size_t first = entries_.size();
  Put({0, client, edit, Uuid(), {}}, after, last);
  std::vector<uint64_t> numbers;
  for (const v1::RecordEdit& record : mutation.edit()) {
    for (const v1::PartEdit& part : record.part()) {
      numbers.clear();
      FindValues(part.value(), numbers);
      for (const uint64_t number : numbers) {
        if (number <= after || number > last) continue;
        Entry& entry = entries_[first + (number - after - 1)];
        entry.record = *Uuid::FromBytes(record.record());
        entry.part = {part.field(), part.key()};
      }
    }
  }
}

void Ledger::EnterForm(int client, uint64_t edit, const Uuid& record, uint64_t after, uint64_t last) {
  Put({0, client, edit, record, {}}, after, last);
}

void Found::Add(Whereabouts where, std::string_view bytes) {
  numbers_.clear();
  FindValues(bytes, numbers_);
  for (const uint64_t number : numbers_) {
    if (number < best_.size()) best_[number] = std::min(best_[number], where);
  }
}

}  // namespace daftar::sim
