// A row of the table of records, as a damaged disk may give it back; and any bytes as a record that is written.
#include "storage/view/record_codec.h"

namespace {

constexpr daftar::Kind kKind = daftar::v1::RecordKind::INCIDENT;

// Rows name dictionary 1, which has no tables, and 2, which is damaged and left out.
const daftar::RecordCodec& Codec() {
  static const daftar::RecordCodec& codec = *[] {
    auto* made = new daftar::RecordCodec();
    DAFTAR_CHECK(made->Add(1, kKind, "clash near the border post of Darvoz, said the State Committee; at night").ok());
    DAFTAR_CHECK(!made->Add(2, kKind, "\x37\xa4\x30\xec and nothing of use").ok());
    return made;
  }();
  return codec;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string scratch;
  const auto plain = Codec().Decode(bytes, &scratch);
  DAFTAR_CHECK(plain.ok() || plain.status().code() == daftar::StatusCode::kDataLoss);
  DAFTAR_CHECK(scratch.size() <= daftar::RecordCodec::kMostPacked);

  const std::string row = Codec().Encode(kKind, bytes);
  DAFTAR_CHECK(row.size() <= bytes.size() + 1);
  const auto again = Codec().Decode(row, &scratch);
  DAFTAR_CHECK(again.ok() && *again == bytes);
  return 0;
}
