// Dates as people say them: "night of 30 Aug 2023", "mid-September 2024", "30 августа 2023", "۳۰ آگست ۲۰۲۳".
//
// Read are, in English, Russian, Tajik and Dari, upper or lower case, with digits of either script:
//   a day, a month or a year     "4 Sep 2023", "September 4, 2023", "Sep 2023", "2023"; "4.9.2023" and "4/9/2023" are
//                                the fourth of September
//   some days                    "30 Aug – 4 Sep 2023", "4-7 Sep 2023", "between 4 and 7 September 2023"
//   a third of a month or year   "early", "mid-", "late": days 1–10, 11–20, 21–31; months 1–4, 5–8, 9–12
//   a part of a day              "night of 30 Aug 2023", "4 Sep 2023 in the morning"
//   how sure                     "about 2010", "2023?", "probably May 2023"; "4 Sep 2023*": an editor inferred the year
//   one side                     "before 4 Sep 2023", "until May 2023", "after 2020": that day or month is part of it
// and whatever DateWords (storage/model/date.h) writes comes back as the same date. A year is always needed: today is
// not known here.
#pragma once

#include <string>
#include <string_view>

#include "daftar/v1/values.pb.h"
#include "storage/base/status.h"

namespace daftar {

// EDTF, spoken, or as WriteDate writes what EDTF cannot say. InvalidArgument names the text, what of it was not
// understood, and what would be right.
StatusOr<v1::FuzzyDate> ReadDate(std::string_view text);

// Such that ReadDate gives the same date back, wording excepted: EDTF, and where that does not say all of it, first and
// last day, precision and marks: "2020-12-01..2021-01-02 BEFORE ~ ? * NIGHT". Empty for no date.
std::string WriteDate(const v1::FuzzyDate& date);

}  // namespace daftar
