import { corners } from "./combinations";
import { describeMatrix } from "./describe-matrix";

describeMatrix(corners);
