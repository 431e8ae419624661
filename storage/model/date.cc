#include "storage/model/date.h"
