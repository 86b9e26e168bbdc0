import { ofOldest } from "./combinations";
import { describeMatrix } from "./describe-matrix";

describeMatrix(ofOldest);
